import { Field, ID, InputType, Int, ObjectType } from 'type-graphql'
import { connectionOf, Instant, resultUnion, ShortText } from '../../../platform/graphql/index.js'
import type { ColumnField } from '../domain/column-mapping.js'
import type { DateOrder } from '../domain/consent-date.js'
import type { ConsentLevel } from '../domain/consent.js'
import type { Purpose } from '../domain/contact.js'
import type { ImportState } from '../domain/import-state.js'
import {
  ConsentLevelEnum,
  ConsentPurposeEnum,
  DateOrderEnum,
  ImportColumnFieldEnum,
  ImportExistingEnum,
  ImportStateEnum,
} from './contact-enums.types.js'

@ObjectType('ImportCounts', {
  description:
    'What became of the rows. They always add up: rows = created + updated + unchanged + duplicates + rejected.',
})
export class ImportCountsType {
  @Field(() => Int, { description: 'Rows read so far.' })
  rowsRead!: number

  @Field(() => Int, { description: 'New contacts.' })
  created!: number

  @Field(() => Int, { description: 'Contacts that were there and changed.' })
  updated!: number

  @Field(() => Int, { description: 'Contacts that were there and already said the same.' })
  unchanged!: number

  @Field(() => Int, { description: 'Rows folded into an earlier row of the same file.' })
  duplicates!: number

  @Field(() => Int, { description: 'Rows that could not become a contact.' })
  rejected!: number
}

@ObjectType('ImportReason', { description: 'A reason or remark and how many rows it concerns.' })
export class ImportReasonType {
  @Field(() => String, { description: 'Stable code for programs.' })
  code!: string

  @Field(() => String, { description: 'The same in a sentence.' })
  words!: string

  @Field(() => Int, { description: 'Rows.' })
  rows!: number
}

@ObjectType('ImportColumn', { description: 'A column of the file and what it is used for.' })
export class ImportColumnType {
  @Field(() => String, { description: 'Its heading; `#3` is the third column of a file without headings.' })
  header!: string

  @Field(() => ImportColumnFieldEnum, { description: 'What it is used for.' })
  field!: ColumnField

  @Field(() => String, { nullable: true, description: 'Merge-field name; only for attributes.' })
  attribute!: string | null
}

@ObjectType('ImportUndo', { description: 'What taking an import back did.' })
export class ImportUndoType {
  @Field(() => Int, { description: 'Contacts that the import had made and that are gone again.' })
  removed!: number

  @Field(() => Int, { description: 'Contacts that have their earlier values back.' })
  restored!: number

  @Field(() => Int, { description: 'Contacts left alone because somebody changed them since.' })
  kept!: number

  @Field(() => Int, { description: 'Consents revoked that the import had granted.' })
  consentsRevoked!: number
}

@ObjectType('ImportReject', { description: 'A row that could not become a contact.' })
export class ImportRejectType {
  @Field(() => Int, { description: 'Line of the file.' })
  line!: number

  @Field(() => String, { description: 'Stable code of the reason.' })
  reason!: string

  @Field(() => String, { description: 'The reason in a sentence.' })
  words!: string

  @Field(() => String, { nullable: true, description: 'Heading of the column that is at fault.' })
  column!: string | null

  @Field(() => String, { nullable: true, description: 'The row as it stands in the file; null for viewers.' })
  raw!: string | null
}

@ObjectType('ImportNote', {
  description: 'A remark on a row that became a contact, or a row that was folded into an earlier one.',
})
export class ImportNoteType {
  @Field(() => Int, { description: 'Line of the file.' })
  line!: number

  @Field(() => String, { description: 'Stable code; `folded` for rows that were folded.' })
  code!: string

  @Field(() => String, { description: 'The same in a sentence.' })
  words!: string

  @Field(() => String, { nullable: true, description: 'Heading of the column it is about.' })
  column!: string | null

  @Field(() => String, { nullable: true, description: 'What the cell said; null for viewers.' })
  detail!: string | null

  @Field(() => Int, { nullable: true, description: 'The line that a folded row became part of.' })
  intoLine!: number | null
}

@ObjectType('Import', { description: 'A file of contacts and what became of it.' })
export class ImportType {
  @Field(() => ID, { description: 'Identifies the import.' })
  id!: string

  @Field(() => String, { description: 'Name of the file.' })
  fileName!: string

  @Field(() => Int, { description: 'Size of the file in bytes.' })
  sizeBytes!: number

  @Field(() => ImportStateEnum, { description: 'Where it stands.' })
  state!: ImportState

  @Field(() => String, { nullable: true, description: 'Why it failed, as a code.' })
  failure!: string | null

  @Field(() => ImportCountsType, { description: 'What became of the rows so far.' })
  counts!: ImportCountsType

  @Field(() => Int, { description: 'Consent events that granted.' })
  consentsGranted!: number

  @Field(() => Int, { description: 'Consent events that revoked.' })
  consentsRevoked!: number

  @Field(() => [ImportReasonType], { description: 'Why rows were rejected, most frequent first.' })
  rejectReasons!: ImportReasonType[]

  @Field(() => [ImportReasonType], {
    description: 'What was odd about rows that became contacts all the same.',
  })
  remarks!: ImportReasonType[]

  @Field(() => [ImportColumnType], { description: 'The columns, once the import has started.' })
  columns!: ImportColumnType[]

  @Field(() => ImportUndoType, { nullable: true, description: 'What taking it back did.' })
  undo!: ImportUndoType | null

  @Field(() => String, {
    description:
      'Path of the rejected rows as a CSV file, for GET with the same credentials. For operators and owners.',
  })
  rejectFilePath!: string

  @Field(() => String, { description: 'Who started it.' })
  startedBy!: string

  @Field(() => Instant, { description: 'When the upload began.' })
  createdAt!: Date

  @Field(() => Instant, { nullable: true, description: 'When it ended.' })
  finishedAt!: Date | null
}

@ObjectType('ImportPreview', { description: 'What a file would become. Nothing has been written.' })
export class ImportPreviewType {
  @Field(() => [ImportColumnType], { description: 'The columns and what they would be used for.' })
  columns!: ImportColumnType[]

  @Field(() => Boolean, { description: 'Whether the first line is a heading.' })
  hasHeader!: boolean

  @Field(() => String, { description: 'How the file is encoded.' })
  encoding!: string

  @Field(() => String, { description: 'What separates its cells.' })
  delimiter!: string

  @Field(() => [[String]], { description: 'The first rows, cell by cell.' })
  rows!: string[][]

  @Field(() => ImportCountsType, {
    description: 'What the rows would become if no contact were there yet; at most the first 10,000 rows.',
  })
  counts!: ImportCountsType

  @Field(() => Boolean, { description: 'Whether these are all rows of the file.' })
  wholeFile!: boolean

  @Field(() => [ImportReasonType], { description: 'Why rows would be rejected, most frequent first.' })
  rejectReasons!: ImportReasonType[]

  @Field(() => [ImportRejectType], { description: 'The first rows that would be rejected.' })
  rejects!: ImportRejectType[]

  @Field(() => Int, {
    description: 'Numbers that the file says agreed. They are granted only with an attestation.',
  })
  optIns!: number

  @Field(() => Int, { description: 'Numbers that the file says opted out. They are revoked in any case.' })
  optOuts!: number
}

@InputType('ImportColumnInput', { description: 'What a column is used for, instead of the guess.' })
export class ImportColumnInput {
  @Field(() => ShortText, { description: 'Its heading, or `#3` for the third column.' })
  column!: string

  @Field(() => ImportColumnFieldEnum, {
    description: 'What to use it for. Naming a phone column means this one and no other.',
  })
  field!: ColumnField

  @Field(() => ShortText, { nullable: true, description: 'Merge-field name; only for attributes.' })
  attribute?: string | null
}

@InputType('AttestationInput', {
  description:
    'What you state about the consent of the people in the file. Kept as evidence. Without it a yes in the file grants nothing.',
})
export class AttestationInput {
  @Field(() => [ConsentPurposeEnum], { description: 'What they agreed to.' })
  purposes!: Purpose[]

  @Field(() => ConsentLevelEnum, { description: 'How firmly.' })
  level!: ConsentLevel

  @Field(() => String, { description: 'How they agreed, in your own words.' })
  statement!: string

  @Field(() => String, {
    nullable: true,
    description: 'What they were shown, when the file itself does not say.',
  })
  exactText?: string | null
}

@InputType('ImportOptionsInput', { description: 'How to read the file. Everything may be left out.' })
export class ImportOptionsInput {
  @Field(() => [ImportColumnInput], { nullable: true, description: 'Columns whose guess was wrong.' })
  columns?: ImportColumnInput[] | null

  @Field(() => String, {
    nullable: true,
    description: 'Country of numbers that do not name one; US unless said.',
  })
  defaultCountry?: string | null

  @Field(() => [String], {
    nullable: true,
    description: 'Only these of the countries that the account sends to.',
  })
  allowedCountries?: string[] | null

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether internet telephone numbers are welcome; no unless said.',
  })
  allowVoip?: boolean | null

  @Field(() => [ShortText], { nullable: true, description: 'Tags for every contact of the file.' })
  tags?: string[] | null

  @Field(() => AttestationInput, { nullable: true, description: 'What you state about consent.' })
  attestation?: AttestationInput | null

  @Field(() => ImportExistingEnum, {
    nullable: true,
    description: 'What to do with contacts that are there already; UPDATE unless said.',
  })
  existing?: 'update' | 'fill' | null

  @Field(() => DateOrderEnum, {
    nullable: true,
    description: 'How dates are meant; as in the default country unless said.',
  })
  dateOrder?: DateOrder | null
}

export const ImportConnection = connectionOf(ImportType, 'Import')
export const ImportRejectConnection = connectionOf(ImportRejectType, 'ImportReject')
export const ImportNoteConnection = connectionOf(ImportNoteType, 'ImportNote')
export const ImportResult = resultUnion('ImportResult', ImportType, 'The import, or why not.')
export const ImportPreviewResult = resultUnion(
  'ImportPreviewResult',
  ImportPreviewType,
  'What the file would become, or why it cannot be read.',
)
