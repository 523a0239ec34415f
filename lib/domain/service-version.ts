/** The version of the service, as it stands in package.json. */
export const serviceVersion = '0.1.0';
