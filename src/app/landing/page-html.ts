export const pageHtml = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Tollgate</title>
<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='8' fill='%230f766e'/%3E%3Cpath d='M8 9v15M8 13l16-4' stroke='white' stroke-width='3' stroke-linecap='round'/%3E%3C/svg%3E">
<link rel="stylesheet" href="/landing.css">
</head>
<body>
<header>
  <div class="brand"><svg viewBox="0 0 32 32" aria-hidden="true"><path d="M8 9v15M8 13l16-4"/></svg><h1>Tollgate</h1></div>
  <p>Every text passes one gate. Every credit leaves an entry that cannot change.</p>
</header>
<main>
  <section class="card" aria-labelledby="sign-in-title">
    <h2 id="sign-in-title">Sign in</h2>
    <form id="sign-in">
      <label>E-mail <input name="email" type="email" autocomplete="username" placeholder="owner@acme.example" required></label>
      <label>Password <input name="password" type="password" autocomplete="current-password" required></label>
      <button type="submit">Sign in</button>
    </form>
    <p id="who" class="quiet" role="status">Not signed in. A local start prints the demo people and their passwords in the terminal.</p>
    <button id="sign-out" class="plain" hidden>Sign out</button>
    <h2>Use it from a program</h2>
    <ol>
      <li>Call the mutation <code>signIn</code>, or make an API key with <code>createApiKey</code>.</li>
      <li>Send it with each request: <code>Authorization: Bearer &hellip;</code></li>
      <li>Subscriptions run over WebSocket at the same address, with the same value as <code>authorization</code> in <code>connection_init</code>.</li>
    </ol>
    <p class="quiet">The contract is <code>schema.graphql</code>. State of this process: <a href="/healthz">alive</a>, <a href="/readyz">ready</a>, <a href="/metrics">metrics</a>.</p>
  </section>
  <section class="card wide" aria-labelledby="try-title">
    <div class="row"><h2 id="try-title">Try the API</h2><div id="examples" class="chips" aria-label="Examples"></div></div>
    <label for="query" class="quiet">Operation (a <code>subscription</code> keeps listening until you stop it)</label>
    <textarea id="query" spellcheck="false" rows="11"></textarea>
    <label for="variables" class="quiet">Variables as JSON</label>
    <textarea id="variables" spellcheck="false" rows="2">{}</textarea>
    <div class="row"><button id="run">Run <kbd>Ctrl</kbd> <kbd>Enter</kbd></button><span id="status" class="quiet" role="status"></span></div>
    <pre id="result" tabindex="0" aria-label="Answer">The answer appears here.</pre>
  </section>
</main>
<noscript><p class="card">This page needs JavaScript to send requests; the API does not.</p></noscript>
<script src="/landing.js" type="module"></script>
</body>
</html>
`
