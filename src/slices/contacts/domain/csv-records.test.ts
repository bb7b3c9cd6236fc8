import { expect, test } from '@jest/globals'
import { parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import fc from 'fast-check'
import { createCsvReader, type CsvRecord } from './csv-records.js'

const limits = { recordCharactersMax: 2_000, recordLinesMax: 20 }

function read(text: string, pieces: readonly number[] = [], delimiter = ','): CsvRecord[] {
  const reader = createCsvReader(delimiter, '\n', limits)
  const records: CsvRecord[] = []
  let from = 0
  for (const length of pieces) {
    records.push(...reader.push(text.slice(from, from + length)))
    from += length
  }
  records.push(...reader.push(text.slice(from)))
  return [...records, ...reader.end()]
}

test('reads every well-formed file as csv-parse does, however it is cut into pieces', () => {
  const cell = fc.oneof(
    fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\n', '\r\n', ' ', 'é', '🌟', '='), maxLength: 8 }),
    fc
      .string({ unit: 'binary', maxLength: 8 })
      .map((text) => text.replaceAll('\r', '').replaceAll('\ufeff', '')),
  )
  const rows = fc
    .integer({ min: 2, max: 4 })
    .chain((columns) =>
      fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), { minLength: 1, maxLength: 8 }),
    )
  const settings = fc.record({
    delimiter: fc.constantFrom(',', ';', '\t'),
    record_delimiter: fc.constantFrom('\n', '\r\n'),
    quoted: fc.boolean(),
    eof: fc.boolean(),
  })

  fc.assert(
    fc.property(
      rows,
      settings,
      fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 12 }),
      (table, options, pieces) => {
        const text = stringify(table, { ...options, quoted_match: /[\r\n]/ })
        const expected = parse(text, {
          delimiter: options.delimiter,
          record_delimiter: ['\r\n', '\n'],
          relax_column_count: true,
        })

        const records = read(text, pieces, options.delimiter)

        expect(records.map((record) => record.cells)).toEqual(expected)
        expect(records.every((record) => record.problem === null)).toBe(true)
      },
    ),
    { numRuns: 2_000 },
  )
})

test('no text stops it, and every line of the text is in exactly one record', () => {
  const text = fc.string({
    unit: fc.constantFrom('a', 'b', '"', '""', ',', '\n', '\n', '\r\n'),
    maxLength: 200,
  })

  fc.assert(
    fc.property(text, fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 10 }), (file, pieces) => {
      const records = read(file, pieces)

      const physical = file.split('\n').map((line) => line.replace(/\r$/, ''))
      const covered = records.flatMap((record) =>
        record.raw.split('\n').map((_, index) => record.line + index),
      )
      expect(new Set(covered).size).toBe(covered.length)
      const missed = physical.filter((line, index) => line !== '' && !covered.includes(index + 1))
      expect(missed).toEqual([])
    }),
    { numRuns: 2_000 },
  )
})

test('the way a file is cut into pieces never changes what is read', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r\n', '\r'), maxLength: 120 })

  fc.assert(
    fc.property(text, fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 20 }), (file, pieces) => {
      expect(read(file, pieces)).toEqual(read(file))
    }),
    { numRuns: 2_000 },
  )
})

test('a quotation mark that is never closed costs its own line and no other', () => {
  const records = read('1,"open,x\n2,b,c\n3,"d",e\n4,"f\ng",h\n')

  expect(records).toEqual([
    { line: 1, raw: '1,"open,x', cells: [], problem: 'quote-not-closed' },
    { line: 2, raw: '2,b,c', cells: ['2', 'b', 'c'], problem: null },
    { line: 3, raw: '3,"d",e', cells: ['3', 'd', 'e'], problem: null },
    { line: 4, raw: '4,"f\ng",h', cells: ['4', 'f\ng', 'h'], problem: null },
  ])
})

test('a mark that nobody doubled is kept as part of the cell', () => {
  expect(read('1,"said "stop" now",x\n2,5" nail,y')).toMatchObject([
    { cells: ['1', 'said "stop" now', 'x'] },
    { cells: ['2', '5" nail', 'y'] },
  ])
})

test('a cell of any size is one rejected record and reading goes on after it', () => {
  const huge = 'z'.repeat(1_000_000)

  for (const text of [`a,${huge}\nb,1\n`, `a,"${huge}"\nb,1\n`, `a,"${huge}`]) {
    const [first, second] = read(
      text,
      Array.from({ length: 900 }, () => 1_000),
    )
    expect(first).toMatchObject({ line: 1, problem: 'row-too-large' })
    expect(first?.raw.length).toBe(1_000)
    if (text.includes('b,1')) expect(second).toMatchObject({ line: 2, cells: ['b', '1'] })
  }
})

test('blank lines are counted but are not records', () => {
  expect(read('a,b\r\n\r\n\nc,d')).toMatchObject([{ line: 1 }, { line: 4, cells: ['c', 'd'] }])
})

test('a file of quotation marks takes no longer than its size allows', () => {
  const records = read('"""""""""\n'.repeat(20_000))

  expect(records.length).toBeGreaterThan(0)
})
