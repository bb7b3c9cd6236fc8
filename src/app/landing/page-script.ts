/** Plain browser code: keeps the token for this tab only and never shows it. */
export const pageScript = String.raw`
const $ = (id) => document.getElementById(id)
const examples = {
  'Who am I': 'query {\n  me {\n    name\n    email\n    role\n    isPlatformAdmin\n    account { id name subscriptionState maySend }\n    memberships { accountId accountName role }\n  }\n}',
  'Team': 'query {\n  members(first: 20) {\n    edges { node { userId name email role } }\n    pageInfo { hasNextPage endCursor }\n  }\n}',
  'API keys': 'query {\n  apiKeys {\n    edges { node { name prefix role lastUsedAt revokedAt } }\n  }\n}',
  'Make a key': 'mutation {\n  createApiKey(name: "First integration", role: VIEWER) {\n    ... on ApiKeyCreated { key apiKey { prefix } }\n    ... on Refused { reason message remedy }\n  }\n}',
}
const store = 'tollgate-token'
let socket = null

const token = () => sessionStorage.getItem(store)

async function send(query, variables) {
  const headers = { 'content-type': 'application/json', accept: 'application/json' }
  if (token()) headers.authorization = 'Bearer ' + token()
  const response = await fetch('/graphql', { method: 'POST', headers, body: JSON.stringify({ query, variables }) })
  const answer = await response.json()
  if (response.status === 401) forget('The session has ended. Sign in again.')
  return answer
}

function show(answer, isBad) {
  const result = $('result')
  result.textContent = typeof answer === 'string' ? answer : JSON.stringify(answer, null, 2)
  result.classList.toggle('bad', Boolean(isBad))
}

function forget(words) {
  sessionStorage.removeItem(store)
  $('who').textContent = words
  $('sign-out').hidden = true
}

async function greet() {
  if (!token()) return
  const { data } = await send('{ me { name role isPlatformAdmin account { name } } }')
  if (!data) return
  const place = data.me.account ? data.me.role.toLowerCase() + ' of ' + data.me.account.name : 'administrator of the platform'
  $('who').textContent = 'Signed in: ' + data.me.name + ', ' + place + '.'
  $('sign-out').hidden = false
}

$('sign-in').addEventListener('submit', async (event) => {
  event.preventDefault()
  sessionStorage.removeItem(store)
  const form = new FormData(event.target)
  const answer = await send(
    'mutation ($email: EmailAddress!, $password: Password!) { signIn(email: $email, password: $password) { ... on SignedIn { token } ... on Refused { message remedy } } }',
    { email: form.get('email'), password: form.get('password') },
  )
  const result = answer.data ? answer.data.signIn : null
  if (result && result.token) {
    sessionStorage.setItem(store, result.token)
    event.target.reset()
    await greet()
  } else {
    $('who').textContent = result ? result.message + ' ' + result.remedy : answer.errors[0].message
  }
})

$('sign-out').addEventListener('click', async () => {
  await send('mutation { signOut { sessionsEnded } }')
  forget('Signed out.')
})

function stopListening(words) {
  if (socket) socket.close(1000)
  socket = null
  $('run').firstChild.textContent = 'Run '
  $('status').textContent = words
}

function listen(query, variables) {
  const lines = []
  socket = new WebSocket(location.origin.replace(/^http/, 'ws') + '/graphql', 'graphql-transport-ws')
  $('run').firstChild.textContent = 'Stop '
  $('status').textContent = 'Listening…'
  socket.onopen = () => socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: 'Bearer ' + token() } }))
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(data)
    if (message.type === 'connection_ack') socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query, variables } }))
    if (message.type === 'ping') socket.send(JSON.stringify({ type: 'pong' }))
    if (message.type === 'next' || message.type === 'error') {
      lines.unshift(JSON.stringify(message.payload, null, 2))
      lines.length = Math.min(lines.length, 50)
      show(lines.join('\n\n'), message.type === 'error')
    }
    if (message.type === 'complete' || message.type === 'error') stopListening('Ended.')
  }
  socket.onclose = ({ code, reason }) => { if (socket) stopListening('Closed: ' + code + ' ' + reason) }
}

async function run() {
  if (socket) return stopListening('Stopped.')
  let variables
  try { variables = JSON.parse($('variables').value || '{}') } catch { return show('The variables are no JSON.', true) }
  const query = $('query').value
  if (/^\s*subscription\b/.test(query)) return listen(query, variables)
  $('run').disabled = true
  const startedMs = performance.now()
  try {
    const answer = await send(query, variables)
    show(answer, answer.errors)
    $('status').textContent = Math.round(performance.now() - startedMs) + ' ms'
  } catch (error) {
    show('No answer: ' + error.message, true)
  }
  $('run').disabled = false
}

$('run').addEventListener('click', run)
document.addEventListener('keydown', (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === 'Enter') run()
})
for (const [name, query] of Object.entries(examples)) {
  const chip = document.createElement('button')
  chip.textContent = name
  chip.addEventListener('click', () => { $('query').value = query; $('query').focus() })
  $('examples').append(chip)
}
$('query').value = examples['Who am I']
greet()
`
