/**
 * Loaded into each process that a command starts (`node --import`): when the starter is gone, even by kill -9, the
 * process asks itself to stop as Ctrl-C would, so that it drains and leaves no orphan behind.
 */
if (process.channel) {
  process.once('disconnect', () => {
    process.kill(process.pid, 'SIGTERM')
  })
  // Listening must not be what keeps this process alive.
  process.channel.unref()
}
