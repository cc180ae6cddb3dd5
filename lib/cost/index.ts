export { estimateEpochs } from './epochs';
export {
	estimateChatCost,
	estimateTrainingCost,
	type ChatUsage,
	type CostEstimate,
	type TrainingCostEstimate,
} from './estimate';
export { DEFAULT_PRICES, PRICE_PAGE, type PriceRow, type PriceTable } from './prices';
export { findPrices, withOwnPrices } from './priceTable';
