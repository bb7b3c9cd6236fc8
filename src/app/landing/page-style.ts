export const pageStyle = `
:root {
  --page: #f4f6f6; --card: #ffffff; --ink: #12211f; --quiet: #52645f; --line: #d5dedc;
  --accent: #0f766e; --on-accent: #ffffff; --well: #f0f4f3; --bad: #b42318;
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0d1514; --card: #14201e; --ink: #e6efed; --quiet: #93a8a3; --line: #263733;
    --accent: #2dd4bf; --on-accent: #06211d; --well: #0f1917; --bad: #ff9b8f;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); }
header { max-width: 78rem; margin: 0 auto; padding: 2.5rem 1.25rem 1rem; }
header p { margin: .25rem 0 0; color: var(--quiet); }
.brand { display: flex; align-items: center; gap: .75rem; }
.brand svg { width: 2.5rem; height: 2.5rem; border-radius: .6rem; background: var(--accent); fill: none;
  stroke: var(--on-accent); stroke-width: 3; stroke-linecap: round; padding: .15rem; }
h1 { font-size: 1.7rem; margin: 0; letter-spacing: -.02em; }
h2 { font-size: 1.05rem; margin: 0 0 .75rem; }
main { max-width: 78rem; margin: 0 auto; padding: 1rem 1.25rem 3rem; display: grid; gap: 1.25rem;
  grid-template-columns: minmax(0, 22rem) minmax(0, 1fr); align-items: start; }
@media (max-width: 56rem) { main { grid-template-columns: minmax(0, 1fr); } }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .9rem; padding: 1.25rem; }
.card h2:not(:first-child) { margin-top: 1.5rem; }
.quiet { color: var(--quiet); font-size: .9rem; }
.row { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .75rem; }
.row h2 { margin: 0; }
.chips { display: flex; flex-wrap: wrap; gap: .4rem; }
label { display: block; margin: .6rem 0 .3rem; }
input, textarea { width: 100%; padding: .6rem .7rem; color: inherit; background: var(--well);
  border: 1px solid var(--line); border-radius: .55rem; font: inherit; }
textarea, pre, code, kbd { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
textarea, pre { font-size: .88rem; line-height: 1.5; }
textarea { resize: vertical; display: block; }
input:focus-visible, textarea:focus-visible, button:focus-visible, a:focus-visible, pre:focus-visible {
  outline: 2px solid var(--accent); outline-offset: 2px; }
button { font: inherit; font-weight: 600; cursor: pointer; padding: .55rem 1rem; border-radius: .55rem;
  border: 1px solid var(--accent); background: var(--accent); color: var(--on-accent); margin-top: .6rem; }
button.plain, .chips button { background: transparent; color: var(--accent); margin: 0; font-weight: 500; }
.chips button { padding: .25rem .7rem; border-color: var(--line); border-radius: 2rem; font-size: .85rem; }
button:disabled { opacity: .6; cursor: progress; }
code { background: var(--well); padding: .1em .35em; border-radius: .3em; font-size: .88em; overflow-wrap: anywhere; }
kbd { font-size: .75em; border: 1px solid currentColor; border-radius: .3em; padding: 0 .35em; opacity: .75; }
ol { padding-left: 1.2rem; margin: 0 0 .75rem; }
li { margin: .3rem 0; }
a { color: var(--accent); }
pre { background: var(--well); border: 1px solid var(--line); border-radius: .55rem; padding: .9rem; margin: .9rem 0 0;
  min-height: 9rem; max-height: 32rem; overflow: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
pre.bad { border-color: var(--bad); }
`
