-- Links sent to an address, to sign in or to show that it is one's own. Deleted when spent or over; the address is sealed meanwhile,
-- so what strangers type into the sign-in page is nobody's to read.
create table accounts.link (
  id uuid primary key,
  -- The letter holds 256 random bits; only their hash is here. Null once the link was opened in another browser.
  token_hash bytea unique check (octet_length(token_hash) = 32),
  purpose text not null check (purpose in ('sign-in', 'confirm-address')),
  address bytea not null,
  -- Whose address it becomes; null for a sign-in, which finds or makes the account only when the link is opened.
  account_id uuid references accounts.account on delete cascade,
  -- The browser that asked holds 256 random bits in a cookie.
  browser_hash bytea check (octet_length(browser_hash) = 32),
  -- Six digits shown where the link was opened, to be typed where it was asked for.
  code bytea,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  check ((purpose = 'sign-in') = (browser_hash is not null)),
  check ((purpose = 'confirm-address') = (account_id is not null))
);
create index link_of_account on accounts.link (account_id);
create index link_of_browser on accounts.link (browser_hash);
create index link_over on accounts.link (expires_at);
