import { spawnSync } from 'node:child_process'
import vm from 'node:vm'

const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning']

// Jest loads ES modules only with a flag of Node; `npx jest path` has no place for that, so start again.
if (!vm.SourceTextModule) {
  const again = spawnSync(process.execPath, [...flags, ...process.argv.slice(1)], { stdio: 'inherit' })
  process.exit(again.status ?? 1)
}

export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest'] },
  resolver: '<rootDir>/test/support/jest-resolver.cjs',
  // The ES build of this package imports JSON in a way that Jest warns about.
  moduleNameMapper: {
    '^libphonenumber-js$': '<rootDir>/node_modules/libphonenumber-js/index.cjs',
    '^libphonenumber-js/(max|min|mobile|core)$': '<rootDir>/node_modules/libphonenumber-js/$1/index.cjs',
  },
  setupFiles: ['reflect-metadata'],
  globalSetup: '<rootDir>/test/global-setup.mjs',
  globalTeardown: '<rootDir>/test/global-teardown.mjs',
  maxWorkers: 2,
  testTimeout: 60_000,
}
