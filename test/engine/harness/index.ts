/**
 * Runs a node in n8n-core's real engine (WorkflowExecute), under jest and without a database.
 *
 *   const result = await runNode({
 *     node: new OpenAiFineTune(),
 *     items: [{ json: { id: 'file-1' } }, { json: { id: 'file-2' } }],
 *     parameters: { resource: 'file', operation: 'get', fileId: { __rl: true, mode: 'id', value: '={{ $json.id }}' } },
 *     credentials: { openAiFineTuningApi: { apiKey: 'sk-test' } },
 *     continueOnFail: true,
 *   });
 *   result.status   'success' | 'error' | 'canceled' | 'not run'
 *   result.error    the NodeApiError / NodeOperationError the node threw
 *   result.outputs  INodeExecutionData[][]; result.hints; result.sleeps; result.run (all that n8n keeps)
 *
 * What is real: expression evaluation, defaults and display rules of parameters (an unknown parameter, or one
 * that n8n would drop because it is hidden, throws), paired items, onError, the credential class's own
 * `authenticate`, n8n's HTTP client, binary data. What is not: the database, the editor, the task runner.
 *
 * Input     `items` (first input) or `inputs` (one array an input). An item is {json, binary?, files?}; `files`
 *           are stored by n8n first: { files: { data: { content: 'a\n', fileName: 'a.jsonl' } } }.
 * Binary    `binaryMode: 'memory' | 'filesystem'`; `await readBinary(item.binary!.data)` gives the bytes.
 *           A node that calls prepareBinaryData must name a MIME type, or a file name whose type is known.
 * HTTP      `const nock = useNock()` at the top of the file. Only loopback and what nock foresees is reachable,
 *           and a foreseen request that never came makes the test fail.
 * Time      `sleep` of n8n-workflow never waits: it is recorded in `result.sleeps` and moves `Date.now()` on by
 *           its length, so that deadlines pass. `onSleep(ms, count)` is called at each: change the server's
 *           answer there, or cancel.
 * Cancel    `const run = startNode({..., onSleep: () => run.cancel()}); await run.result`.
 * Sub-nodes `subNodes: { ai_memory: [{ response: fakeMemory }] }` is what getInputConnectionData returns.
 * Lists     `runListSearch({ node, method: 'searchFiles', filter, paginationToken, credentials })`.
 * Credential `testCredential({ node, method, credential: 'openAiFineTuningApi', data: { apiKey: '…' } })` is n8n's Test.
 * Run it    sandbox/node_modules/node/bin/node node_modules/jest/bin/jest.js -w 1 --selectProjects engine <path>
 */
export { readBinary } from './binary';
export { useNock } from './http';
export { type ListSearchOptions, runListSearch } from './listSearch';
export { runNode, type RunOptions, type RunResult, startNode, type StartedRun } from './run';
export { type CredentialTestOptions, testCredential } from './testCredential';
export type { HarnessItem, SubNode } from './workflow';
