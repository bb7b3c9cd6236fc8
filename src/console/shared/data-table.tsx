import { Loader, Text } from '@mantine/core'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, type ReactNode } from 'react'
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
const ROWS_AHEAD = 12

/**
 * A table of any length: only the rows in sight are in the page, the next ones are fetched as they come near. Rows can
 * be opened with the keyboard; on a narrow screen the table scrolls sideways within itself.
 */
export function DataTable<Row>(props: DataTableProps<Row>): ReactNode {
  const { label, columns, rows, rowKey, onOpen, empty, isLoading = false, hasMore = false, loadMore } = props
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => (rows[index] === undefined ? index : rowKey(rows[index])),
    overscan: ROWS_AHEAD,
  })
  const items = virtualizer.getVirtualItems()
  const lastIndex = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasMore && lastIndex >= rows.length - ROWS_AHEAD) loadMore?.()
  }, [hasMore, lastIndex, rows.length, loadMore])

  if (isLoading) return <Waiting />
  if (rows.length === 0) return empty
  const template = { gridTemplateColumns: columns.map(({ width }) => width).join(' ') }
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
        <div role="row" className={classes['row']} style={template} aria-rowindex={1}>
          {columns.map((column) => (
            <div role="columnheader" key={column.header} data-number={column.isNumber === true}>
              {column.header}
            </div>
          ))}
        </div>
      </div>
      <div role="rowgroup" style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
        {items.map((item) => {
          const row = rows[item.index]
          if (row === undefined) return null
          return (
            <div
              key={item.key}
              role="row"
              aria-rowindex={item.index + 2}
              className={`${classes['row'] ?? ''} ${classes['body'] ?? ''}`}
              data-opens={onOpen !== undefined}
              style={{ ...template, height: item.size, transform: `translateY(${String(item.start)}px)` }}
              {...(onOpen === undefined
                ? {}
                : opening(() => {
                    onOpen(row)
                  }))}
            >
              {columns.map((column) => (
                <div role="cell" key={column.header} data-number={column.isNumber === true}>
                  {column.cell(row)}
                </div>
              ))}
            </div>
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

function opening(open: () => void): React.HTMLAttributes<HTMLDivElement> {
  return {
    tabIndex: 0,
    onClick: open,
    onKeyDown: (event) => {
      if (event.key === 'Enter' && event.target === event.currentTarget) open()
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
