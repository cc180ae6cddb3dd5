export { countTokens, encode } from './count';
export { countExampleTokens } from './examples';
export { imageTokens } from './images';
export { estimateTotal, TokenSampler, type SampledExample, type TokenEstimate } from './sample';
export { toolsTokens } from './tools';
