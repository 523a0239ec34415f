/** Display names of Azure's public regions (2026, from general knowledge); a region's own name is its display name without blanks. */
export const publicRegions: readonly string[] = [
  ...['Central US', 'East US', 'East US 2', 'North Central US', 'South Central US', 'West Central US'],
  ...['West US', 'West US 2', 'West US 3', 'Canada Central', 'Canada East', 'Mexico Central'],
  ...['Brazil South', 'Brazil Southeast', 'Chile Central'],
  ...['North Europe', 'West Europe', 'UK South', 'UK West', 'France Central', 'France South'],
  ...['Germany North', 'Germany West Central', 'Italy North', 'Norway East', 'Norway West', 'Poland Central'],
  ...['Spain Central', 'Sweden Central', 'Switzerland North', 'Switzerland West', 'Austria East', 'Belgium Central'],
  ...['Israel Central', 'Qatar Central', 'UAE Central', 'UAE North', 'South Africa North', 'South Africa West'],
  ...['East Asia', 'Southeast Asia', 'Japan East', 'Japan West', 'Korea Central', 'Korea South'],
  ...['Central India', 'Jio India Central', 'Jio India West', 'South India', 'West India'],
  ...['Indonesia Central', 'Malaysia West', 'New Zealand North'],
  ...['Australia Central', 'Australia Central 2', 'Australia East', 'Australia Southeast'],
];
