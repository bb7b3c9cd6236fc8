import { Badge, Button, Group, Loader, Text } from '@mantine/core'
import { useEffect, useRef, type ReactNode } from 'react'
import { Link } from 'react-router'
import { usePages } from '../../api/use-pages.js'
import {
  ConversationTextsDocument,
  type ConversationTextsQuery,
  type MessageState,
} from '../../generated/graphql.js'
import { quantity, words } from '../../shared/format.js'
import { Instant } from '../../shared/instant.js'
import { Failure } from '../../shared/problem.js'
import { StateBadge } from '../../shared/state-badge.js'
import { useActorNames } from '../team/use-actor-names.js'
import classes from './inbox.module.css'
import { automaticWords, classMarks, outcomeWords } from './text-words.js'

type ThreadText = NonNullable<ConversationTextsQuery['conversation']>['texts']['edges'][number]['node']

/** How far from the end somebody still reads the end. */
const NEAR_END_PX = 120

/** The texts in both directions, oldest on top; the newest stays in sight for whoever reads the end. */
export function Thread({ conversationId }: { conversationId: string }): ReactNode {
  const { rows, error, isLoading, hasMore, isLoadingMore, loadMore } = usePages(
    ConversationTextsDocument,
    { id: conversationId },
    ({ conversation }) => conversation?.texts,
  )
  const nameOf = useActorNames()
  const scroller = useRef<HTMLOListElement>(null)
  const wasAtEnd = useRef(true)
  const newestId = rows[0]?.id
  useEffect(() => {
    const list = scroller.current
    if (list !== null && wasAtEnd.current) list.scrollTop = list.scrollHeight
  }, [newestId])
  return (
    <ol
      ref={scroller}
      className={classes['texts']}
      tabIndex={0}
      aria-label="Texts, oldest first"
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        wasAtEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_END_PX
      }}
    >
      {error === null ? null : (
        <li>
          <Failure error={error} />
        </li>
      )}
      {isLoading ? (
        <li>
          <Loader type="dots" aria-label="Loading" />
        </li>
      ) : null}
      {hasMore ? (
        <li style={{ alignSelf: 'center' }}>
          <Button size="xs" variant="default" loading={isLoadingMore} onClick={loadMore}>
            Earlier texts
          </Button>
        </li>
      ) : null}
      {[...rows].reverse().map((text) => (
        <OneText key={text.id} text={text} nameOf={nameOf} />
      ))}
    </ol>
  )
}

interface OneTextProps {
  text: ThreadText
  nameOf: (actor: string) => string
}

function OneText({ text, nameOf }: OneTextProps): ReactNode {
  const isOurs = text.direction === 'OUTBOUND'
  const isAutomatic = text.writtenAs != null && text.writtenAs in automaticWords
  return (
    <li
      className={classes['text']}
      data-ours={isOurs}
      data-automatic={isAutomatic}
      data-class={text.class ?? undefined}
    >
      <div className={classes['bubble']}>{text.body ?? 'Shown to operators and owners only.'}</div>
      <Group gap={6} mt={4} justify={isOurs ? 'flex-end' : 'flex-start'}>
        {isOurs ? <Ours text={text} nameOf={nameOf} /> : <Theirs text={text} />}
        <Text size="xs" c="dimmed">
          <Instant at={text.at} />
        </Text>
      </Group>
    </li>
  )
}

function Theirs({ text }: { text: ThreadText }): ReactNode {
  const mark = text.class == null ? null : classMarks[text.class]
  const did = text.outcome == null ? undefined : outcomeWords[text.outcome]
  return (
    <>
      {mark === null ? null : (
        <Badge size="sm" variant="light" color={mark.colour} tt="none" radius="sm">
          Read as: {mark.label}
        </Badge>
      )}
      {did === undefined ? null : <Text size="xs">{did}</Text>}
      {text.mediaCount > 0 ? (
        <Text size="xs">
          {quantity(text.mediaCount, 'picture or file', 'pictures or files')}, not fetched
        </Text>
      ) : null}
    </>
  )
}

function Ours({ text, nameOf }: OneTextProps): ReactNode {
  const what =
    text.writtenAs === 'reply'
      ? text.actor == null
        ? 'Reply'
        : nameOf(text.actor)
      : text.writtenAs == null
        ? null
        : (automaticWords[text.writtenAs] ?? words(text.writtenAs))
  return (
    <>
      {what === null ? null : <Text size="xs">{what}</Text>}
      {text.state == null ? null : <StateBadge state={text.state.toUpperCase() as MessageState} />}
      <Link to={`/messages/${text.id}`} style={{ fontSize: 'var(--mantine-font-size-xs)' }}>
        Story
      </Link>
    </>
  )
}
