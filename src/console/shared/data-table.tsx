import { Loader, Text } from '@mantine/core'
import { useVirtualizer } from '@tanstack/react-virtual'
import { memo, useDeferredValue, useEffect, useRef, type ReactNode } from 'react'
import classes from './data-table.module.css'

export interface Column<Row> {
  header: string
  /** A CSS grid track, for example `minmax(8rem, 2fr)`. */
  width: string
  isNumber?: boolean
  cell: (row: Row) => ReactNode
}

export interface DataTableProps<Row> {
  label: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string | number
  onOpen?: (row: Row) => void
  empty: ReactNode
  isLoading?: boolean
  hasMore?: boolean
  loadMore?: () => void
  /** The rest of the window unless said. */
  height?: string
}

const ROW_HEIGHT = 45
/** Drawn beyond what is in sight. */
const ROWS_DRAWN_AHEAD = 6
/** The next page is fetched so many rows before its end. */
const ROWS_FETCHED_AHEAD = 24
const noRows: readonly never[] = []

/**
 * A table of any length: only the rows in sight are in the page, the next ones are fetched as they come near, and a row is
 * drawn again only when it is another one. Rows can be opened with the keyboard; on a narrow screen the table scrolls
 * sideways within itself. Columns are made once, not for each drawing.
 */
export function DataTable<Row>(props: DataTableProps<Row>): ReactNode {
  const { label, columns, rows, rowKey, onOpen, empty, isLoading = false, hasMore = false, loadMore } = props
  const scroller = useRef<HTMLDivElement>(null)
  // Other rows are drawn in slices: a key or a click between them is heard at once.
  const drawn = useDeferredValue<readonly Row[]>(rows, noRows)
  const virtualizer = useVirtualizer({
    count: drawn.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => (drawn[index] === undefined ? index : rowKey(drawn[index])),
    overscan: ROWS_DRAWN_AHEAD,
    // Drawn with the next frame; within the scroll event, each event would wait for the rows.
    useFlushSync: false,
  })
  const items = virtualizer.getVirtualItems()
  const lastIndex = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasMore && lastIndex >= rows.length - ROWS_FETCHED_AHEAD) loadMore?.()
  }, [hasMore, lastIndex, rows.length, loadMore])

  if (isLoading) return <Waiting />
  if (rows.length === 0) return empty
  return (
    <div
      ref={scroller}
      className={classes['scroller']}
      style={{ maxHeight: props.height ?? 'max(20rem, calc(100dvh - 19rem))' }}
      tabIndex={0}
      role="table"
      aria-label={label}
      aria-rowcount={hasMore ? -1 : rows.length + 1}
    >
      <div role="rowgroup" className={classes['head']}>
        <div role="row" className={classes['row']} style={tracksOf(columns)} aria-rowindex={1}>
          {columns.map((column) => (
            <div role="columnheader" key={column.header} data-number={column.isNumber === true}>
              {column.header}
            </div>
          ))}
        </div>
      </div>
      <div
        role="rowgroup"
        style={{ height: virtualizer.getTotalSize(), position: 'relative' }}
        {...(onOpen === undefined
          ? {}
          : opening((index) => {
              const row = drawn[index]
              if (row !== undefined) onOpen(row)
            }))}
      >
        {items.map((item) => {
          const row = drawn[item.index]
          if (row === undefined) return null
          return (
            <BodyRow
              key={item.key}
              index={item.index}
              row={row}
              columns={columns as readonly Column<unknown>[]}
              opens={onOpen !== undefined}
              top={item.start}
              height={item.size}
            />
          )
        })}
      </div>
      {hasMore ? (
        <Text size="xs" c="dimmed" p="xs" ta="center">
          More rows follow as you scroll.
        </Text>
      ) : null}
    </div>
  )
}

interface BodyRowProps {
  index: number
  row: unknown
  columns: readonly Column<unknown>[]
  opens: boolean
  top: number
  height: number
}

const BodyRow = memo(function BodyRow({ index, row, columns, opens, top, height }: BodyRowProps): ReactNode {
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      data-index={index}
      className={`${classes['row'] ?? ''} ${classes['body'] ?? ''}`}
      data-opens={opens}
      style={{ ...tracksOf(columns), height, transform: `translateY(${String(top)}px)` }}
      {...(opens ? { tabIndex: 0 } : {})}
    >
      {columns.map((column) => (
        <div role="cell" key={column.header} data-number={column.isNumber === true}>
          {column.cell(row)}
        </div>
      ))}
    </div>
  )
})

function tracksOf<Row>(columns: readonly Column<Row>[]): React.CSSProperties {
  return { gridTemplateColumns: columns.map(({ width }) => width).join(' ') }
}

/** Heard for all rows at once, so that a row stays the same when what opens it is another function. */
function opening(open: (index: number) => void): React.HTMLAttributes<HTMLDivElement> {
  const indexAt = (target: EventTarget): number =>
    Number((target as Element).closest<HTMLElement>('[data-index]')?.dataset['index'])
  return {
    onClick: (event) => {
      open(indexAt(event.target))
    },
    onKeyDown: (event) => {
      if (event.key === 'Enter' && (event.target as Element).matches('[data-index]'))
        open(indexAt(event.target))
    },
  }
}

function Waiting(): ReactNode {
  return (
    <div className={classes['waiting']} role="status" aria-label="Loading">
      <Loader type="dots" />
    </div>
  )
}
