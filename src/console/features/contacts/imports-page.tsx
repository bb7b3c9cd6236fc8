import { IconFileImport } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useNavigate } from 'react-router'
import { usePages } from '../../api/use-pages.js'
import { useMay } from '../../app/session.js'
import { ImportsDocument, type ImportFactsFragment } from '../../generated/graphql.js'
import { BackLink } from '../../shared/back-link.js'
import { DataTable, type Column } from '../../shared/data-table.js'
import { Empty } from '../../shared/empty.js'
import { count, words } from '../../shared/format.js'
import { Instant } from '../../shared/instant.js'
import { Page } from '../../shared/page.js'
import { Failure } from '../../shared/problem.js'
import { Section } from '../../shared/section.js'
import { UploadDrop } from './upload-drop.js'

/** Files of contacts: bring one in, or look at what earlier ones became. */
export function ImportsPage(): ReactNode {
  const navigate = useNavigate()
  const mayWrite = useMay('OPERATOR')
  const pages = usePages(ImportsDocument, {}, ({ imports }) => imports)
  return (
    <Page title="Imports" back={<BackLink to="/contacts">Contacts</BackLink>}>
      {mayWrite ? (
        <Section title="Import contacts">
          <UploadDrop onUploaded={(importId) => void navigate(`/contacts/imports/${importId}`)} />
        </Section>
      ) : null}
      <Failure error={pages.error} />
      <DataTable
        {...pages}
        label="Imports"
        columns={columns}
        rowKey={({ id }) => id}
        onOpen={({ id }) => void navigate(`/contacts/imports/${id}`)}
        empty={
          <Empty icon={<IconFileImport />} title="No import yet">
            A file can come straight out of a CRM. Each row that cannot be used is given back with its reason.
          </Empty>
        }
      />
    </Page>
  )
}

const columns: readonly Column<ImportFactsFragment>[] = [
  { header: 'File', width: 'minmax(12rem, 2fr)', cell: ({ fileName }) => fileName },
  { header: 'State', width: '8rem', cell: ({ state }) => words(state) },
  { header: 'Rows', width: '6rem', isNumber: true, cell: ({ counts }) => count(counts.rowsRead) },
  { header: 'New', width: '6rem', isNumber: true, cell: ({ counts }) => count(counts.created) },
  { header: 'Updated', width: '6rem', isNumber: true, cell: ({ counts }) => count(counts.updated) },
  { header: 'Rejected', width: '6rem', isNumber: true, cell: ({ counts }) => count(counts.rejected) },
  { header: 'Begun', width: '10rem', cell: ({ createdAt }) => <Instant at={createdAt} /> },
]
