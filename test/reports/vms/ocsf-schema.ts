/**
 * The class Compliance Finding of OCSF 1.6.0, written as JSON Schema after the definitions of its classes and objects
 * (https://github.com/ocsf/ocsf-schema, tag v1.6.0, Apache-2.0) with the profile `cloud`. It holds the attributes that reports
 * use and no others, so whatever it accepts the published schema accepts as well.
 */

const text = { type: 'string' };
const instant = { type: 'integer' };
const texts = { type: 'array', items: text };

/** An object with some required attributes, or at least one of some. */
function object(properties: object, required: readonly string[] = [], atLeastOne: readonly string[] = []) {
  const anyOf = atLeastOne.map((name) => ({ required: [name] }));
  return {
    type: 'object',
    properties,
    required,
    additionalProperties: false,
    ...(anyOf.length > 0 ? { anyOf } : {}),
  };
}

const list = (items: object) => ({ type: 'array', items, minItems: 1 });
const severityId = { enum: [0, 1, 2, 3, 4, 5, 6, 99] };
const checkStatusId = { enum: [0, 1, 2, 3, 99] };

const keyValue = object({ name: text, value: text, values: texts }, ['name'], ['value', 'values']);
const product = object({ name: text, uid: text, vendor_name: text, version: text }, [], ['name', 'uid']);
const metadata = object(
  {
    version: { const: '1.6.0' },
    product,
    profiles: texts,
    uid: text,
    correlation_uid: text,
    logged_time: instant,
    tags: list(keyValue),
  },
  ['product', 'version'],
);
const check = object({
  uid: text,
  name: text,
  status: text,
  status_id: checkStatusId,
  severity: text,
  severity_id: severityId,
});
const compliance = object({
  category: text,
  control: text,
  standards: texts,
  requirements: texts,
  checks: list(check),
  status: text,
  status_id: checkStatusId,
  status_details: texts,
});
const resource = object(
  {
    uid: text,
    name: text,
    type: text,
    region: text,
    group: object({ name: text, uid: text, type: text }, [], ['name', 'uid']),
    owner: object({ name: text, uid: text, account: {} }, [], ['name', 'uid', 'account']),
    is_backed_up: { type: 'boolean' },
  },
  [],
  ['name', 'uid'],
);
const account = object({ uid: text, name: text, type: text, type_id: { enum: [0, 13, 99] } }, [], ['name', 'uid']);

/** Draft 2020-12. */
export const complianceFindingSchema = object(
  {
    activity_id: { enum: [0, 1, 2, 3, 99] },
    activity_name: text,
    category_uid: { const: 2 },
    category_name: { const: 'Findings' },
    class_uid: { const: 2003 },
    class_name: { const: 'Compliance Finding' },
    // Class times 100 plus activity.
    type_uid: { enum: [200300, 200301, 200302, 200303, 200399] },
    type_name: text,
    time: instant,
    severity_id: severityId,
    severity: text,
    status_id: { enum: [0, 1, 2, 3, 4, 5, 6, 99] },
    status: text,
    message: text,
    metadata,
    finding_info: object({ uid: text, title: text, desc: text, types: texts }, ['uid']),
    compliance,
    remediation: object({ desc: text, references: texts }, ['desc']),
    // At least one of many kinds of evidence; reports use the one that holds any JSON.
    evidences: list(object({ name: text, uid: text, data: {} }, ['data'])),
    resources: list(resource),
    cloud: object({ provider: text, region: text, account }, ['provider']),
  },
  [
    'activity_id',
    'category_uid',
    'class_uid',
    'cloud',
    'compliance',
    'finding_info',
    'metadata',
    'severity_id',
    'time',
    'type_uid',
  ],
);
