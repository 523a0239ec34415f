// Loaded into Azurite (`--import`): it ends when whoever started it is gone, however that came about.
process.on('disconnect', () => process.exit(0));
process.channel?.unref();
