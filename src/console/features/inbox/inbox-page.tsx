import { SegmentedControl } from '@mantine/core'
import { IconInbox } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useParams, useSearchParams } from 'react-router'
import { usePages } from '../../api/use-pages.js'
import { refresh } from '../../api/use-read.js'
import { ConversationsDocument } from '../../generated/graphql.js'
import { useRefreshOn } from '../../live/use-refresh-on.js'
import { Empty } from '../../shared/empty.js'
import { quantity } from '../../shared/format.js'
import { Page } from '../../shared/page.js'
import { Failure } from '../../shared/problem.js'
import { ConversationList } from './conversation-list.js'
import { ConversationPane } from './conversation-pane.js'
import classes from './inbox.module.css'
import { useInbox } from './use-inbox.js'

const REFRESH_MS = 500
/** Whoever has scrolled further down reads in peace. */
const ROWS_REFRESHED_MAX = 200

const shows = {
  open: { unread: false, attention: false, closed: false },
  unread: { unread: true, attention: false, closed: false },
  attention: { unread: false, attention: true, closed: false },
  closed: { unread: false, attention: false, closed: true },
} as const
type Show = keyof typeof shows

const choices: readonly { value: Show; label: string }[] = [
  { value: 'open', label: 'Open' },
  { value: 'unread', label: 'Unread' },
  { value: 'attention', label: 'For a person' },
  { value: 'closed', label: 'Closed' },
]

/** What people text to us: the conversations, and beside them the one that is open. Both change by themselves. */
export function InboxPage(): ReactNode {
  const { conversationId } = useParams()
  const [params, setParams] = useSearchParams()
  const asked = params.get('show')
  const show: Show = asked !== null && asked in shows ? (asked as Show) : 'open'
  const filter = shows[show]
  const news = useInbox()
  const pages = usePages(ConversationsDocument, filter, ({ conversations }) => conversations)
  useRefreshOn(news?.seq, REFRESH_MS, () => {
    if (pages.rows.length <= ROWS_REFRESHED_MAX) void refresh(ConversationsDocument)
  })
  return (
    <Page
      title="Inbox"
      hint={
        news === null
          ? ' '
          : `${quantity(news.totals.conversations, 'open conversation')}, ${quantity(news.totals.unreadTexts, 'unread text')}`
      }
      actions={
        <SegmentedControl
          {...(conversationId === undefined ? {} : { visibleFrom: 'md' })}
          aria-label="Which conversations"
          size="sm"
          value={show}
          data={[...choices]}
          onChange={(value) => {
            setParams(value === 'open' ? {} : { show: value })
          }}
        />
      }
    >
      <Failure error={pages.error} />
      <div className={classes['panes']} data-open={conversationId !== undefined}>
        <ConversationList
          {...pages}
          selectedId={conversationId}
          search={show === 'open' ? '' : `?show=${show}`}
          empty={<NothingHere show={show} />}
        />
        {conversationId === undefined ? (
          <div className={classes['blank']}>Choose a conversation. ↑ and ↓ move through the list.</div>
        ) : (
          <ConversationPane key={conversationId} conversationId={conversationId} />
        )}
      </div>
    </Page>
  )
}

function NothingHere({ show }: { show: Show }): ReactNode {
  if (show !== 'open')
    return (
      <Empty icon={<IconInbox />} title="Nothing here">
        {show === 'attention'
          ? 'Texts that no rule can settle appear here: words of an opt-out in a sentence, a confirmation of nothing.'
          : 'No conversation is like that now.'}
      </Empty>
    )
  return (
    <Empty icon={<IconInbox />} title="Nobody has written yet">
      Whatever people text to your numbers appears here at once. Opt-outs are followed by themselves, in
      whatever words they come.
    </Empty>
  )
}
