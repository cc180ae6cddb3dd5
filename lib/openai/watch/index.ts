export * from './filter';
export * from './look';
export * from './output';
export * from './sample';
export * from './types';
