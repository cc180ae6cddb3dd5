import { parseArgs } from 'node:util';

import { isProvider, LAB_KEY, type ProviderName, PROVIDERS, startProviderByName } from './index';

const USAGE = `Stand-ins of fine-tuning providers, for trying the nodes without an account.

  node .cache/sandbox/sandbox/providers/cli.js <provider>[:<port>] ...   (after npx tsc -p sandbox/tsconfig.json)

  Providers: ${Object.keys(PROVIDERS).join(', ')}
  Without a port a free one is taken, e.g. nebius:8790 together:8791 fireworks
`;

async function main(): Promise<void> {
	const { positionals } = parseArgs({ allowPositionals: true, options: {} });
	if (positionals.length === 0) {
		process.stdout.write(USAGE);
		return;
	}
	// All are looked at before any is started: a process with half of them would stay.
	const wanted = positionals.map(read);
	const started = await Promise.all(wanted.map(start));
	process.stdout.write(`API key of all: ${LAB_KEY} (none is asked for at LocalAI and OPEA)\n`);
	const stop = () =>
		void Promise.all(started.map(async ({ close }) => await close())).then(() => process.exit(0));
	process.once('SIGINT', stop);
	process.once('SIGTERM', stop);
}

interface Wanted {
	name: ProviderName;
	port: number;
}

function read(wanted: string): Wanted {
	const [name, port = '0'] = wanted.split(':');
	if (!isProvider(name)) throw new Error(`There is no stand-in of ${name}`);
	if (/^\d{1,5}$/.test(port) && Number(port) <= 65_535) return { name, port: Number(port) };
	throw new Error(`${port} is no port: use a whole number from 0 to 65535`);
}

async function start({ name, port }: Wanted) {
	const standIn = await startProviderByName(name, { port });
	process.stdout.write(`${name}: ${standIn.baseUrl}\n`);
	return standIn;
}

main().catch((cause: unknown) => {
	process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n\n${USAGE}`);
	process.exit(1);
});
