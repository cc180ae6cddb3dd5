export * from './endpoints';
export * from './event';
export * from './registration';
export * from './signature';
