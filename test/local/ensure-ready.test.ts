import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '..', '..')
let image: string

beforeAll(() => {
  image = fs.mkdtempSync(path.join(os.tmpdir(), 'tollgate-image-'))
  fs.mkdirSync(path.join(image, 'scripts'))
  for (const file of ['package.json', path.join('scripts', 'ensure-ready.mjs')])
    fs.copyFileSync(path.join(root, file), path.join(image, file))
})
afterAll(() => {
  fs.rmSync(image, { recursive: true, force: true })
})

test('where there are no sources, as in the image, a command installs and compiles nothing', () => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [path.join('scripts', 'ensure-ready.mjs'), '--build'],
    { cwd: image, encoding: 'utf8' },
  )

  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' })
  expect(fs.readdirSync(image).sort()).toEqual(['package.json', 'scripts'])
})
