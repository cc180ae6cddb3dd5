import { parseArgs } from 'node:util';

import { startServer } from './index';

const USAGE = `OpenAI sandbox of n8n-nodes-fine-tuning: a stand-in for the OpenAI API on this machine.

  --port <number>   port on 127.0.0.1 (standard: a free one)
  --state <file>    SQLite file that keeps everything (standard: memory)
  --speed <number>  how many times faster than OpenAI jobs run, 0 for at once (standard: 60)
  --help            this text
`;

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			port: { type: 'string', default: '0' },
			state: { type: 'string', default: ':memory:' },
			speed: { type: 'string', default: '60' },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) {
		process.stdout.write(USAGE);
		return;
	}
	const port = wholeNumber('port', values.port, 65_535);
	const speed = wholeNumber('speed', values.speed, 1_000_000);
	const server = await startServer({ port, state: values.state, speed });
	process.stdout.write(`OpenAI sandbox listening on ${server.url}/v1\n`);
	const stop = () => void server.close().then(() => process.exit(0));
	process.once('SIGINT', stop);
	process.once('SIGTERM', stop);
}

function wholeNumber(name: string, text: string, max: number): number {
	const value = Number(text);
	if (text !== '' && Number.isInteger(value) && value >= 0 && value <= max) return value;
	throw new Error(`--${name} is a whole number from 0 to ${max}, not ${text}`);
}

main().catch((cause: unknown) => {
	process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n\n${USAGE}`);
	process.exitCode = 1;
});
