-- Of an order or customer number, under the key of whoever asked: it opens a matter in the place of an address, is shown to nobody
-- again, and is destroyed with the key.
alter table support.question add column reference_hash bytea check (octet_length(reference_hash) = 32);
