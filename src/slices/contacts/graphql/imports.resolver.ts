import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql'
import type { Clock } from '../../../kernel/clock.js'
import type { ImportId } from '../../../kernel/ids.js'
import { actorText } from '../../../platform/access/viewer.js'
import type { Db } from '../../../platform/db/data-source.js'
import {
  Access,
  badUserInput,
  GraphContext,
  idArgument,
  keyset,
  PageArgs,
  refuse,
  type Page,
  type Refused,
} from '../../../platform/graphql/index.js'
import { defaultImportLimits } from '../domain/import-limits.js'
import type { Attestation, ImportRequest } from '../domain/import-options.js'
import { rejectReasons } from '../domain/reject-reasons.js'
import { getImport, listImports, listNotes, listRejects } from '../list-imports.js'
import { previewImport } from '../preview-import.js'
import { startImport } from '../start-import.js'
import { undoImport } from '../undo-import.js'
import { uploadImportFile, type ContactDeps } from '../upload-import-file.js'
import {
  ImportConnection,
  ImportNoteConnection,
  ImportOptionsInput,
  ImportPreviewResult,
  ImportPreviewType,
  ImportRejectConnection,
  ImportResult,
  ImportType,
  type AttestationInput,
  type ImportNoteType,
  type ImportRejectType,
} from './imports.types.js'
import { importRefusals, notFound, undoImportRefusals } from './refusals.js'
import { toColumns, toImport, toNote, toReasons, toReject } from './to-contact.js'

const newestFirst = keyset('imports', 'uuid')
const byLine = keyset('import-rejects', 'integer')
const byPlace = keyset('import-notes', 'integer', 'text', 'text')
/** Reading 10,000 rows is the most that one request may ask for. */
const PREVIEW_COST = 500
const TEXT_BYTES_MAX = 1024 * 1024

@Resolver(() => ImportType)
export class ImportsResolver {
  private readonly deps: ContactDeps

  constructor(deps: { db: Db; clock: Clock }) {
    this.deps = { db: deps.db, clock: deps.clock, limits: defaultImportLimits }
  }

  @Access('viewer')
  @Query(() => ImportConnection, { description: 'Imports of the account, newest first.' })
  async imports(@Ctx() ctx: GraphContext, @Args(() => PageArgs) page: PageArgs): Promise<Page<ImportType>> {
    const request = newestFirst.read(page)
    const beforeId = request.after?.[0] ?? null
    const found = await listImports(this.deps.db, ctx.scope.accountId, { beforeId, limit: request.limit })
    return newestFirst.page(found, request, { key: (row) => [row.id], node: toImport })
  }

  @Access('viewer')
  @Query(() => ImportType, { nullable: true, description: 'One import of the account.' })
  async import(
    @Ctx() ctx: GraphContext,
    @Arg('id', () => ID, { description: 'The import.' }) id: string,
  ): Promise<ImportType | null> {
    const found = await getImport(this.deps.db, ctx.scope.accountId, idArgument<ImportId>(id))
    return found === null ? null : toImport(found)
  }

  @Access('operator')
  @Query(() => ImportPreviewResult, {
    complexity: PREVIEW_COST,
    description: 'What an uploaded file would become, without writing anything.',
  })
  async importPreview(
    @Ctx() ctx: GraphContext,
    @Arg('importId', () => ID, { description: 'The id that the upload was answered with.' }) importId: string,
    @Arg('options', () => ImportOptionsInput, { nullable: true, description: 'How to read the file.' })
    options: ImportOptionsInput | null | undefined,
  ): Promise<ImportPreviewType | Refused> {
    const result = await previewImport(
      this.deps,
      ctx.scope.accountId,
      idArgument<ImportId>(importId),
      requestOf(options),
    )
    if (!result.ok) return refuse(importRefusals, result.reason)
    const { preview } = result
    return Object.assign(new ImportPreviewType(), {
      ...preview,
      columns: toColumns(preview.columns),
      rejectReasons: toReasons(preview.reasons, rejectReasons),
      rejects: preview.rejects.map((reject) => toReject(reject, ctx.scope.role)),
    })
  }

  @FieldResolver(() => ImportRejectConnection, { description: 'Rejected rows in the order of the file.' })
  async rejects(
    @Ctx() ctx: GraphContext,
    @Root() found: ImportType,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Page<ImportRejectType>> {
    const request = byLine.read(page)
    const importId = idArgument<ImportId>(found.id)
    const afterLine = request.after?.[0] ?? 0
    const rows = await listRejects(this.deps.db, ctx.scope.accountId, importId, {
      afterLine,
      limit: request.limit,
    })
    return byLine.page(rows, request, {
      key: (row) => [row.line],
      node: (row) => toReject(row, ctx.scope.role),
    })
  }

  @FieldResolver(() => ImportNoteConnection, {
    description: 'Remarks and folded rows in the order of the file; the first 10,000 remarks are kept.',
  })
  async notes(
    @Ctx() ctx: GraphContext,
    @Root() found: ImportType,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Page<ImportNoteType>> {
    const request = byPlace.read(page)
    const importId = idArgument<ImportId>(found.id)
    const rows = await listNotes(this.deps.db, ctx.scope.accountId, importId, request)
    return byPlace.page(rows, request, {
      key: (row) => [row.line, row.code, row.column ?? ''],
      node: (row) => toNote(row, ctx.scope.role),
    })
  }

  @Access('operator')
  @Mutation(() => ImportResult, {
    description:
      'Starts reading an uploaded file (`POST /imports`), or a text of at most 1 MiB given here. It runs by itself from now on; follow it with the query `import` or the events of topic imports.',
  })
  async startImport(
    @Ctx() ctx: GraphContext,
    @Arg('importId', () => ID, { nullable: true, description: 'The id that the upload was answered with.' })
    importId: string | null | undefined,
    @Arg('text', () => String, { nullable: true, description: 'The file itself, instead of an upload.' })
    text: string | null | undefined,
    @Arg('fileName', () => String, { nullable: true, description: 'Name of the file that is given as text.' })
    fileName: string | null | undefined,
    @Arg('options', () => ImportOptionsInput, { nullable: true, description: 'How to read the file.' })
    options: ImportOptionsInput | null | undefined,
  ): Promise<ImportType | Refused> {
    if ((importId == null) === (text == null)) throw badUserInput('Give either importId or text.')
    const file = await this.fileOf(ctx, importId, { text: text ?? '', fileName: fileName ?? 'contacts.csv' })
    if (!file.ok) return refuse(importRefusals, file.reason)
    const started = await startImport(this.deps, ctx.scope.accountId, file.importId, requestOf(options))
    return started.ok ? this.present(ctx, started.importId) : refuse(importRefusals, started.reason)
  }

  @Access('operator')
  @Mutation(() => ImportResult, {
    description:
      'Takes an import back: contacts it made are removed, contacts it changed get their earlier values, consents it granted are revoked by new events. What somebody changed since stays.',
  })
  async undoImport(
    @Ctx() ctx: GraphContext,
    @Arg('importId', () => ID, { description: 'The import.' }) importId: string,
  ): Promise<ImportType | Refused> {
    const result = await undoImport(this.deps, ctx.scope.accountId, idArgument<ImportId>(importId))
    return result.ok ? this.present(ctx, result.import.id) : refuse(undoImportRefusals, result.reason)
  }

  private async fileOf(
    ctx: GraphContext,
    importId: string | null | undefined,
    inline: { text: string; fileName: string },
  ): Promise<{ ok: true; importId: ImportId } | { ok: false; reason: keyof typeof importRefusals }> {
    if (importId != null) return { ok: true, importId: idArgument<ImportId>(importId) }
    const bytes = Buffer.from(inline.text)
    if (bytes.length > TEXT_BYTES_MAX) return { ok: false, reason: 'too-large' }
    const { accountId, actor } = ctx.scope
    return uploadImportFile(this.deps, {
      accountId,
      actor: actorText(actor),
      fileName: inline.fileName,
      source: once(bytes),
    })
  }

  private async present(ctx: GraphContext, importId: ImportId): Promise<ImportType | Refused> {
    const found = await getImport(this.deps.db, ctx.scope.accountId, importId)
    return found === null ? refuse(notFound, 'not-found') : toImport(found)
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes)
}

function requestOf(options: ImportOptionsInput | null | undefined): ImportRequest {
  if (options == null) return {}
  return {
    mapping: options.columns?.map(({ column, field, attribute }) => ({
      column,
      field,
      attribute: attribute ?? null,
    })),
    defaultCountry: options.defaultCountry ?? undefined,
    allowedCountries: options.allowedCountries ?? undefined,
    allowVoip: options.allowVoip ?? undefined,
    tags: options.tags ?? undefined,
    attestation: options.attestation == null ? null : attestationOf(options.attestation),
    existing: options.existing ?? undefined,
    dateOrder: options.dateOrder ?? undefined,
  }
}

function attestationOf({ purposes, level, statement, exactText }: AttestationInput): Attestation {
  return { purposes, level, statement, exactText: exactText ?? null }
}
