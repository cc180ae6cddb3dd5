const transform = {
	'^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }],
};

const layer = (name) => ({
	displayName: name,
	testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
	testEnvironment: 'node',
	transform,
	modulePathIgnorePatterns: [
		'<rootDir>/dist',
		'<rootDir>/.cache',
		'<rootDir>/.sandbox',
		'<rootDir>/sandbox/node_modules',
	],
});

module.exports = { projects: ['unit', 'engine', 'contract', 'e2e'].map(layer) };
