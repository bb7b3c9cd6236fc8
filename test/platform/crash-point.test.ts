import { afterEach, expect, jest, test } from '@jest/globals'
import { armCrashPoint, crashPoint } from '../../src/platform/faults/crash-point.js'

afterEach(() => {
  armCrashPoint(null)
  jest.restoreAllMocks()
})

test('does nothing unless it is named, and kills at the passage that was asked for', () => {
  const kill = jest.spyOn(process, 'kill').mockReturnValue(true)
  crashPoint('messages.claim:written')
  armCrashPoint('messages.claim:written#3')
  crashPoint('messages.claim:committed')
  crashPoint('messages.claim:written')
  crashPoint('messages.claim:written')
  expect(kill).not.toHaveBeenCalled()
  crashPoint('messages.claim:written')
  expect(kill.mock.calls).toEqual([[process.pid, 'SIGKILL']])
})

test.each(['messages.claim', 'messages.claim:written#0', ':written', 'x:y z', ''])('refuses "%s"', (text) => {
  expect(() => {
    armCrashPoint(text)
  }).toThrow('no crash point')
})
