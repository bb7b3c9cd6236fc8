// Our sources import './name.js', as Node wants it, and the file beside them is name.ts. Packages are left alone.
const fs = require('node:fs')
const path = require('node:path')

module.exports = (request, options) => {
  if (/^\.{1,2}\/.*\.js$/.test(request) && !options.basedir.includes(`${path.sep}node_modules${path.sep}`)) {
    const source = path.resolve(options.basedir, request.replace(/\.js$/, '.ts'))
    if (fs.existsSync(source)) return source
  }
  return options.defaultResolver(request, options)
}
