create schema accounts;

table accounts.access_review
  column id uuid not null
  column at timestamp with time zone not null
  column by uuid
  column people integer not null
  column unused integer not null
  constraint access_review_by_fkey FOREIGN KEY (by) REFERENCES accounts.account(id) ON DELETE SET NULL
  constraint access_review_pkey PRIMARY KEY (id)
  CREATE INDEX access_review_by ON accounts.access_review USING btree (by)

table accounts.account
  column id uuid not null
  column email text
  column passphrase_hash text
  column created_at timestamp with time zone not null
  column kind text not null
  column name text
  column passphrase_set_at timestamp with time zone
  column left_at timestamp with time zone
  column doubted_at timestamp with time zone
  column email_set_at timestamp with time zone
  column email_before text
  column email_before_set_at timestamp with time zone
  constraint account_kind_check CHECK ((kind = ANY (ARRAY['staff'::text, 'user'::text])))
  constraint staff_pkey PRIMARY KEY (id)
  CREATE UNIQUE INDEX account_email ON accounts.account USING btree (kind, lower(email)) WHERE (left_at IS NULL)
  CREATE TRIGGER account_changed AFTER DELETE OR UPDATE OF email, name, left_at ON accounts.account FOR EACH STATEMENT EXECUTE FUNCTION accounts.tell_changed()

table accounts.allowance
  column key_hash bytea not null
  column full_at timestamp with time zone not null
  constraint allowance_key_hash_check CHECK ((octet_length(key_hash) = 32))
  constraint allowance_pkey PRIMARY KEY (key_hash)
  CREATE INDEX allowance_full ON accounts.allowance USING btree (full_at)

table accounts.approval
  column id uuid not null
  column permission text not null
  column object text not null
  column digest bytea not null
  column department_id uuid
  column title text not null
  column href text not null
  column reason text not null
  column asked_by uuid not null
  column asked_at timestamp with time zone not null
  column decided_by uuid
  column decided_at timestamp with time zone
  column approved boolean
  column note text
  column used_at timestamp with time zone
  column expires_at timestamp with time zone not null
  column gives boolean not null default false
  constraint approval_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES accounts.account(id) ON DELETE CASCADE
  constraint approval_check CHECK (((approved IS NULL) = (decided_at IS NULL)))
  constraint approval_check1 CHECK (((used_at IS NULL) OR approved))
  constraint approval_check2 CHECK ((decided_by <> asked_by))
  constraint approval_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES accounts.account(id) ON DELETE SET NULL
  constraint approval_department_id_fkey FOREIGN KEY (department_id) REFERENCES accounts.department(id)
  constraint approval_digest_check CHECK ((octet_length(digest) = 32))
  constraint approval_permission_check CHECK ((permission = ANY (ARRAY['policies:publish'::text, 'support:erase'::text, 'accounts:manage'::text])))
  constraint approval_pkey PRIMARY KEY (id)
  CREATE INDEX approval_asked_by ON accounts.approval USING btree (asked_by)
  CREATE INDEX approval_decided_by ON accounts.approval USING btree (decided_by)
  CREATE INDEX approval_in_department ON accounts.approval USING btree (department_id)
  CREATE INDEX approval_unused ON accounts.approval USING btree (object, digest) WHERE (used_at IS NULL)

table accounts.assignment
  column account_id uuid not null
  column role text not null
  column department_id uuid
  column granted_at timestamp with time zone not null
  column via_scim boolean not null default false
  constraint assignment_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts.account(id) ON DELETE CASCADE
  constraint assignment_account_id_role_department_id_key UNIQUE NULLS NOT DISTINCT (account_id, role, department_id)
  constraint assignment_department_id_fkey FOREIGN KEY (department_id) REFERENCES accounts.department(id)
  CREATE INDEX assignment_in_department ON accounts.assignment USING btree (department_id)
  CREATE TRIGGER assignment_changed AFTER INSERT OR DELETE OR UPDATE ON accounts.assignment FOR EACH STATEMENT EXECUTE FUNCTION accounts.tell_changed()

table accounts.custom_role
  column id text not null
  column name text not null
  column permissions text[] not null
  column created_at timestamp with time zone not null
  constraint custom_role_id_check CHECK ((id ~ '^[a-z][a-z0-9-]{1,39}$'::text))
  constraint custom_role_pkey PRIMARY KEY (id)
  CREATE TRIGGER custom_role_changed AFTER INSERT OR DELETE OR UPDATE ON accounts.custom_role FOR EACH STATEMENT EXECUTE FUNCTION accounts.tell_changed()

table accounts.department
  column id uuid not null
  column name text not null
  column created_at timestamp with time zone not null
  constraint department_pkey PRIMARY KEY (id)
  CREATE UNIQUE INDEX department_name ON accounts.department USING btree (lower(name))

table accounts.dispute
  column id uuid not null
  column account_id uuid not null
  column at timestamp with time zone not null
  column signed_in_at timestamp with time zone not null
  column method text not null
  column device text not null
  column network text not null
  column sessions_ended integer not null
  column closed_at timestamp with time zone
  column closed_by uuid
  column note text
  column settled_at timestamp with time zone
  constraint dispute_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts.account(id) ON DELETE CASCADE
  constraint dispute_check CHECK (((closed_at IS NULL) = (note IS NULL)))
  constraint dispute_closed_by_fkey FOREIGN KEY (closed_by) REFERENCES accounts.account(id) ON DELETE SET NULL
  constraint dispute_pkey PRIMARY KEY (id)
  CREATE INDEX dispute_closed_by ON accounts.dispute USING btree (closed_by)
  CREATE INDEX dispute_of_account ON accounts.dispute USING btree (account_id)
  CREATE INDEX dispute_open ON accounts.dispute USING btree (at) WHERE (closed_at IS NULL)

table accounts.four_eyes
  column permission text not null
  constraint four_eyes_permission_check CHECK ((permission = ANY (ARRAY['policies:publish'::text, 'support:erase'::text, 'accounts:manage'::text])))
  constraint four_eyes_pkey PRIMARY KEY (permission)

table accounts.half_session
  column token_hash bytea not null
  column account_id uuid not null
  column expires_at timestamp with time zone not null
  constraint half_session_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts.account(id) ON DELETE CASCADE
  constraint half_session_pkey PRIMARY KEY (token_hash)
  constraint half_session_token_hash_check CHECK ((octet_length(token_hash) = 32))
  CREATE INDEX half_session_of_account ON accounts.half_session USING btree (account_id)

table accounts.hand_off
  column ticket_hash bytea not null
  column program_id uuid not null
  column subject text not null
  column audience text not null
  column return_to text
  column expires_at timestamp with time zone not null
  constraint hand_off_pkey PRIMARY KEY (ticket_hash)
  constraint hand_off_program_id_fkey FOREIGN KEY (program_id) REFERENCES accounts.program(id)
  constraint hand_off_ticket_hash_check CHECK ((octet_length(ticket_hash) = 32))
  CREATE INDEX hand_off_expired ON accounts.hand_off USING btree (expires_at)
  CREATE INDEX hand_off_of_program ON accounts.hand_off USING btree (program_id)

table accounts.handed_identity
  column program_id uuid not null
  column subject text not null
  column account_id uuid not null
  column linked_at timestamp with time zone not null
  constraint handed_identity_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts.account(id) ON DELETE CASCADE
  constraint handed_identity_pkey PRIMARY KEY (program_id, subject)
  constraint handed_identity_program_id_fkey FOREIGN KEY (program_id) REFERENCES accounts.program(id)
  CREATE INDEX handed_identity_of_account ON accounts.handed_identity USING btree (account_id)

table accounts.identity
  column provider_id text not null
  column subject text not null
  column account_id uuid not null
  column linked_at timestamp with time zone not null
  column used_at timestamp with time zone
  constraint identity_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts.account(id) ON DELETE CASCADE
  constraint identity_pkey PRIMARY KEY (provider_id, subject)
  constraint identity_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES accounts.provider(id)
  CREATE INDEX identity_of_account ON accounts.identity USING btree (account_id)

table accounts.invitation
  column id uuid not null
  column token_hash bytea
  column email text not null
  column role text not null
  column department_id uuid
  column invited_by uuid
  column created_at timestamp with time zone not null
  column expires_at timestamp with time zone not null
  column accepted_at timestamp with time zone
  column accepted_by uuid
  column revoked_at timestamp with time zone
  column by_two boolean not null default false
  constraint invitation_accepted_by_fkey FOREIGN KEY (accepted_by) REFERENCES accounts.account(id) ON DELETE SET NULL
  constraint invitation_department_id_fkey FOREIGN KEY (department_id) REFERENCES accounts.department(id)
  constraint invitation_invited_by_fkey FOREIGN KEY (invited_by) REFERENCES accounts.account(id) ON DELETE SET NULL
  constraint invitation_pkey PRIMARY KEY (id)
  constraint invitation_token_hash_check CHECK ((octet_length(token_hash) = 32))
  constraint invitation_token_hash_key UNIQUE (token_hash)
  CREATE INDEX invitation_accepted_by ON accounts.invitation USING btree (accepted_by)
  CREATE INDEX invitation_by ON accounts.invitation USING btree (invited_by)
  CREATE INDEX invitation_in_department ON accounts.invitation USING btree (department_id)

table accounts.link
  column id uuid not null
  column token_hash bytea
  column purpose text not null
  column address bytea not null
  column account_id uuid
  column browser_hash bytea
  column code bytea
  column created_at timestamp with time zone not null
  column expires_at timestamp with time zone not null
  column session_id uuid
  column return_to text
  constraint link_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts.account(id) ON DELETE CASCADE
  constraint link_browser_hash_check CHECK ((octet_length(browser_hash) = 32))
  constraint link_of_browser_or_account CHECK ((((purpose = 'sign-in'::text) = (browser_hash IS NOT NULL)) AND ((purpose = 'sign-in'::text) = (account_id IS NULL))))
  constraint link_pkey PRIMARY KEY (id)
  constraint link_proves_a_session CHECK ((((purpose = 'prove'::text) = (session_id IS NOT NULL)) AND ((purpose = 'prove'::text) = (return_to IS NOT NULL))))
  constraint link_purpose CHECK ((purpose = ANY (ARRAY['sign-in'::text, 'confirm-address'::text, 'prove'::text])))
  constraint link_session_id_fkey FOREIGN KEY (session_id) REFERENCES accounts.session(id) ON DELETE CASCADE
  constraint link_token_hash_check CHECK ((octet_length(token_hash) = 32))
  constraint link_token_hash_key UNIQUE (token_hash)
  CREATE INDEX link_of_account ON accounts.link USING btree (account_id)
  CREATE INDEX link_of_browser ON accounts.link USING btree (browser_hash)
  CREATE INDEX link_of_session ON accounts.link USING btree (session_id)
  CREATE INDEX link_over ON accounts.link USING btree (expires_at)

table accounts.mandate
  column id uuid not null
  column kind text not null
  column delegate_id uuid
  column principal_id uuid
  column address_hash bytea
  column sealed bytea not null
  column scope text[] not null
  column state text not null
  column requested_at timestamp with time zone not null
  column expires_at timestamp with time zone not null
  column decided_by uuid
  column decided_at timestamp with time zone
  column reason text
  column ended_at timestamp with time zone
  column ended_by uuid
  constraint mandate_address_hash_check CHECK ((octet_length(address_hash) = 32))
  constraint mandate_check CHECK (((state <> 'active'::text) OR ((delegate_id IS NOT NULL) AND (principal_id IS NOT NULL) AND (decided_at IS NOT NULL))))
  constraint mandate_check1 CHECK ((delegate_id <> principal_id))
  constraint mandate_check2 CHECK (((state = 'ended'::text) = (ended_at IS NOT NULL)))
  constraint mandate_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES accounts.account(id) ON DELETE SET NULL
  constraint mandate_delegate_id_fkey FOREIGN KEY (delegate_id) REFERENCES accounts.account(id) ON DELETE CASCADE
  constraint mandate_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES accounts.account(id) ON DELETE SET NULL
  constraint mandate_kind_check CHECK ((kind = ANY (ARRAY['parent'::text, 'carer'::text, 'guardian'::text, 'attorney'::text, 'heir'::text, 'agent'::text])))
  constraint mandate_pkey PRIMARY KEY (id)
  constraint mandate_principal_id_fkey FOREIGN KEY (principal_id) REFERENCES accounts.account(id) ON DELETE CASCADE
  constraint mandate_scope_check CHECK (((cardinality(scope) > 0) AND (scope <@ ARRAY['self:read'::text, 'self:manage'::text, 'self:erase'::text])))
  constraint mandate_state_check CHECK ((state = ANY (ARRAY['requested'::text, 'offered'::text, 'active'::text, 'refused'::text, 'ended'::text])))
  CREATE INDEX mandate_decided_by ON accounts.mandate USING btree (decided_by)
  CREATE INDEX mandate_ended_by ON accounts.mandate USING btree (ended_by)
  CREATE INDEX mandate_of_delegate ON accounts.mandate USING btree (delegate_id, state)
  CREATE INDEX mandate_of_principal ON accounts.mandate USING btree (principal_id)
  CREATE INDEX mandate_offered ON accounts.mandate USING btree (address_hash) WHERE (address_hash IS NOT NULL)
  CREATE INDEX mandate_waiting ON accounts.mandate USING btree (requested_at) WHERE (state = 'requested'::text)
  CREATE TRIGGER mandate_changed AFTER INSERT OR DELETE OR UPDATE ON accounts.mandate FOR EACH STATEMENT EXECUTE FUNCTION accounts.tell_changed()

table accounts.passkey
  column id uuid not null
  column account_id uuid not null
  column credential_id bytea not null
  column public_key bytea not null
  column rp_id text not null
  column counter bigint not null
  column transports text[] not null
  column backed_up boolean not null
  column label text not null
  column created_at timestamp with time zone not null
  column used_at timestamp with time zone
  constraint passkey_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts.account(id) ON DELETE CASCADE
  constraint passkey_credential_id_check CHECK (((octet_length(credential_id) >= 1) AND (octet_length(credential_id) <= 1023)))
  constraint passkey_credential_id_key UNIQUE (credential_id)
  constraint passkey_pkey PRIMARY KEY (id)
  CREATE INDEX passkey_of_account ON accounts.passkey USING btree (account_id)

table accounts.preference
  column account_id uuid not null
  column name text not null
  column value text not null
  column chosen_at timestamp with time zone not null
  constraint preference_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts.account(id) ON DELETE CASCADE
  constraint preference_pkey PRIMARY KEY (account_id, name)
  CREATE TRIGGER preference_changed AFTER INSERT OR DELETE OR UPDATE ON accounts.preference FOR EACH STATEMENT EXECUTE FUNCTION accounts.tell_changed()

table accounts.program
  column id uuid not null
  column name text not null
  column scopes text[] not null
  column made_by uuid not null
  column created_at timestamp with time zone not null
  column revoked_at timestamp with time zone
  constraint program_made_by_fkey FOREIGN KEY (made_by) REFERENCES accounts.account(id)
  constraint program_pkey PRIMARY KEY (id)
  CREATE INDEX program_made_by ON accounts.program USING btree (made_by)

table accounts.program_key
  column prefix text not null
  column program_id uuid not null
  column secret_hash bytea not null
  column created_at timestamp with time zone not null
  column expires_at timestamp with time zone not null
  column used_at timestamp with time zone
  constraint program_key_pkey PRIMARY KEY (prefix)
  constraint program_key_prefix_check CHECK ((prefix ~ '^[0-9a-z]{8}$'::text))
  constraint program_key_program_id_fkey FOREIGN KEY (program_id) REFERENCES accounts.program(id)
  constraint program_key_secret_hash_check CHECK ((octet_length(secret_hash) = 32))
  CREATE INDEX key_of_program ON accounts.program_key USING btree (program_id)

table accounts.provider
  column id text not null
  column audience text not null
  column issuer text not null
  column client_id text not null
  column client_secret bytea
  column name text not null
  column scopes text not null
  column addresses_verified boolean not null
  column everyone_is_staff boolean not null
  column created_at timestamp with time zone not null
  column disabled_at timestamp with time zone
  constraint provider_audience_check CHECK ((audience = ANY (ARRAY['staff'::text, 'users'::text])))
  constraint provider_check CHECK (((audience = 'staff'::text) OR (NOT everyone_is_staff)))
  constraint provider_id_check CHECK ((id ~ '^[a-z][a-z0-9-]{1,31}$'::text))
  constraint provider_pkey PRIMARY KEY (id)

table accounts.recovery_code
  column account_id uuid not null
  column code_hash bytea not null
  column used_at timestamp with time zone
  column made_at timestamp with time zone
  constraint recovery_code_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts.account(id) ON DELETE CASCADE
  constraint recovery_code_code_hash_check CHECK ((octet_length(code_hash) = 32))
  constraint recovery_code_pkey PRIMARY KEY (account_id, code_hash)

table accounts.scim_claim
  column connection_id uuid not null
  column account_id uuid not null
  column user_name text not null
  column external_id text
  column asked_at timestamp with time zone not null
  constraint scim_claim_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts.account(id) ON DELETE CASCADE
  constraint scim_claim_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES accounts.scim_connection(id)
  constraint scim_claim_pkey PRIMARY KEY (connection_id, account_id)
  CREATE INDEX scim_claim_of_account ON accounts.scim_claim USING btree (account_id)

table accounts.scim_connection
  column id uuid not null
  column name text not null
  column created_at timestamp with time zone not null
  column closed_at timestamp with time zone
  column provider_id text
  constraint scim_connection_pkey PRIMARY KEY (id)
  constraint scim_connection_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES accounts.provider(id)
  CREATE UNIQUE INDEX scim_connection_of_provider ON accounts.scim_connection USING btree (provider_id)

table accounts.scim_group
  column id uuid not null
  column connection_id uuid not null
  column display_name text not null
  column name_key text not null
  column external_id text
  column role text
  column department_id uuid
  column created_at timestamp with time zone not null
  column changed_at timestamp with time zone not null
  constraint scim_group_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES accounts.scim_connection(id)
  constraint scim_group_connection_id_name_key_key UNIQUE (connection_id, name_key)
  constraint scim_group_department_id_fkey FOREIGN KEY (department_id) REFERENCES accounts.department(id)
  constraint scim_group_pkey PRIMARY KEY (id)
  constraint scim_group_role_check CHECK ((role <> 'owner'::text))
  CREATE INDEX scim_group_in_department ON accounts.scim_group USING btree (department_id)

table accounts.scim_member
  column group_id uuid not null
  column account_id uuid not null
  constraint scim_member_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts.account(id) ON DELETE CASCADE
  constraint scim_member_group_id_fkey FOREIGN KEY (group_id) REFERENCES accounts.scim_group(id) ON DELETE CASCADE
  constraint scim_member_pkey PRIMARY KEY (group_id, account_id)
  CREATE INDEX scim_member_account ON accounts.scim_member USING btree (account_id)

table accounts.scim_token
  column token_hash bytea not null
  column connection_id uuid not null
  column created_at timestamp with time zone not null
  column expires_at timestamp with time zone
  column last_used_at timestamp with time zone
  constraint scim_token_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES accounts.scim_connection(id)
  constraint scim_token_pkey PRIMARY KEY (token_hash)
  constraint scim_token_token_hash_check CHECK ((octet_length(token_hash) = 32))
  CREATE INDEX scim_token_of_connection ON accounts.scim_token USING btree (connection_id)

table accounts.scim_user
  column account_id uuid not null
  column connection_id uuid not null
  column user_key text not null
  column external_id text
  column attributes jsonb not null
  column deactivated_at timestamp with time zone
  column created_at timestamp with time zone not null
  column changed_at timestamp with time zone not null
  column removed_at timestamp with time zone
  constraint scim_user_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts.account(id) ON DELETE CASCADE
  constraint scim_user_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES accounts.scim_connection(id)
  constraint scim_user_pkey PRIMARY KEY (account_id)
  CREATE INDEX scim_user_external ON accounts.scim_user USING btree (connection_id, external_id) WHERE (removed_at IS NULL)
  CREATE UNIQUE INDEX scim_user_name ON accounts.scim_user USING btree (connection_id, user_key) WHERE (removed_at IS NULL)
  CREATE INDEX scim_user_of_connection ON accounts.scim_user USING btree (connection_id, created_at, account_id)

table accounts.session
  column id uuid not null
  column token_hash bytea not null
  column account_id uuid not null
  column surface text not null
  column method text not null
  column created_at timestamp with time zone not null
  column seen_at timestamp with time zone not null
  column expires_at timestamp with time zone not null
  column proved_at timestamp with time zone not null
  column device text not null
  column network text not null
  column provider_id text
  column provider_session_hash bytea
  column proof_since timestamp with time zone
  constraint session_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts.account(id) ON DELETE CASCADE
  constraint session_pkey PRIMARY KEY (id)
  constraint session_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES accounts.provider(id)
  constraint session_provider_session_hash_check CHECK ((octet_length(provider_session_hash) = 32))
  constraint session_surface_check CHECK ((surface = ANY (ARRAY['console'::text, 'portal'::text])))
  constraint session_token_hash_check CHECK ((octet_length(token_hash) = 32))
  constraint session_token_hash_key UNIQUE (token_hash)
  CREATE INDEX session_of_account ON accounts.session USING btree (account_id)
  CREATE INDEX session_through_provider ON accounts.session USING btree (provider_id)
  CREATE TRIGGER session_changed AFTER UPDATE OF token_hash, account_id, surface, expires_at, proved_at ON accounts.session FOR EACH STATEMENT EXECUTE FUNCTION accounts.tell_changed()
  CREATE TRIGGER session_gone AFTER DELETE ON accounts.session REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION accounts.tell_gone()

table accounts.sign_in
  column id uuid not null
  column account_id uuid not null
  column at timestamp with time zone not null
  column method text not null
  column outcome text not null
  column device text not null
  column network text not null
  constraint sign_in_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts.account(id) ON DELETE CASCADE
  constraint sign_in_outcome_check CHECK ((outcome = ANY (ARRAY['signed-in'::text, 'refused'::text])))
  constraint sign_in_pkey PRIMARY KEY (id)
  CREATE INDEX sign_in_at ON accounts.sign_in USING btree (at)
  CREATE INDEX sign_in_of_account ON accounts.sign_in USING btree (account_id, at DESC)

table accounts.sign_in_flow
  column key_hash bytea not null
  column provider_id text not null
  column secrets bytea not null
  column account_id uuid
  column return_to text
  column locale text not null
  column expires_at timestamp with time zone not null
  constraint sign_in_flow_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts.account(id) ON DELETE CASCADE
  constraint sign_in_flow_key_hash_check CHECK ((octet_length(key_hash) = 32))
  constraint sign_in_flow_pkey PRIMARY KEY (key_hash)
  constraint sign_in_flow_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES accounts.provider(id) ON DELETE CASCADE
  CREATE INDEX sign_in_flow_expired ON accounts.sign_in_flow USING btree (expires_at)
  CREATE INDEX sign_in_flow_of_account ON accounts.sign_in_flow USING btree (account_id)
  CREATE INDEX sign_in_flow_of_provider ON accounts.sign_in_flow USING btree (provider_id)

table accounts.spent_challenge
  column challenge_hash bytea not null
  column expires_at timestamp with time zone not null
  constraint spent_challenge_challenge_hash_check CHECK ((octet_length(challenge_hash) = 32))
  constraint spent_challenge_pkey PRIMARY KEY (challenge_hash)
  CREATE INDEX spent_challenge_expired ON accounts.spent_challenge USING btree (expires_at)

table accounts.spent_logout
  column token_hash bytea not null
  column expires_at timestamp with time zone not null
  constraint spent_logout_pkey PRIMARY KEY (token_hash)
  constraint spent_logout_token_hash_check CHECK ((octet_length(token_hash) = 32))
  CREATE INDEX spent_logout_expired ON accounts.spent_logout USING btree (expires_at)

CREATE OR REPLACE FUNCTION accounts.tell_changed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform pg_notify('accounts_changed', '');
  return null;
end $function$

CREATE OR REPLACE FUNCTION accounts.tell_gone()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if exists (select from gone) then
    perform pg_notify('accounts_changed', '');
  end if;
  return null;
end $function$

table accounts.totp
  column account_id uuid not null
  column secret bytea not null
  column created_at timestamp with time zone not null
  column last_step bigint not null
  constraint totp_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts.account(id) ON DELETE CASCADE
  constraint totp_pkey PRIMARY KEY (account_id)

table accounts.webhook
  column id uuid not null
  column url text not null
  column types text[] not null
  column state text not null
  column secret bytea not null
  column old_secret bytea
  column old_secret_until timestamp with time zone
  column next_index bigint not null
  column attempts integer not null default 0
  column next_attempt_at timestamp with time zone
  column lease uuid
  column lease_until timestamp with time zone
  column created_at timestamp with time zone not null
  column made_by uuid
  constraint webhook_check CHECK (((old_secret IS NULL) = (old_secret_until IS NULL)))
  constraint webhook_check1 CHECK (((lease IS NULL) = (lease_until IS NULL)))
  constraint webhook_made_by_fkey FOREIGN KEY (made_by) REFERENCES accounts.account(id) ON DELETE SET NULL
  constraint webhook_next_index_check CHECK ((next_index >= 0))
  constraint webhook_pkey PRIMARY KEY (id)
  constraint webhook_state_check CHECK ((state = ANY (ARRAY['active'::text, 'paused'::text, 'broken'::text, 'gone'::text])))
  CREATE INDEX webhook_made_by ON accounts.webhook USING btree (made_by)

table accounts.webhook_delivery
  column webhook_id uuid not null
  column message_id text not null
  column index bigint
  column type text not null
  column attempts integer not null
  column at timestamp with time zone not null
  column milliseconds integer not null
  column status integer
  column fault text
  column delivered boolean not null
  constraint webhook_delivery_pkey PRIMARY KEY (webhook_id, message_id)
  constraint webhook_delivery_webhook_id_fkey FOREIGN KEY (webhook_id) REFERENCES accounts.webhook(id) ON DELETE CASCADE
  CREATE INDEX webhook_delivery_latest ON accounts.webhook_delivery USING btree (webhook_id, at DESC)

create schema kernel;

table kernel.job_runner
  column id text not null
  column seen_at timestamp with time zone not null
  constraint job_runner_pkey PRIMARY KEY (id)

table kernel.migration
  column room text not null
  column name text not null
  column checksum text not null
  column applied_at timestamp with time zone not null default now()
  constraint migration_checksum_check CHECK ((checksum ~ '^[0-9a-f]{64}$'::text))
  constraint migration_pkey PRIMARY KEY (room, name)

table kernel.migration_lock
  column id integer not null
  constraint migration_lock_id_check CHECK ((id = 1))
  constraint migration_lock_pkey PRIMARY KEY (id)

create schema ledger;

table ledger.body
  column hash bytea not null
  column event_id uuid not null
  column media_type text not null
  column salt bytea
  column bytes bytea
  column withheld_at timestamp with time zone
  column withheld_reason text
  constraint body_check CHECK ((((bytes IS NULL) = (withheld_at IS NOT NULL)) AND ((salt IS NULL) = (bytes IS NULL)) AND ((withheld_reason IS NULL) = (withheld_at IS NULL))))
  constraint body_event_id_fkey FOREIGN KEY (event_id) REFERENCES ledger.event(id)
  constraint body_hash_check CHECK ((octet_length(hash) = 32))
  constraint body_pkey PRIMARY KEY (hash)
  constraint body_salt_check CHECK ((octet_length(salt) = 32))
  CREATE INDEX body_of_event ON ledger.body USING btree (event_id)

table ledger.event
  column id uuid not null
  column log text not null
  column index bigint
  column object uuid
  column seq integer
  column type text
  column actor text
  column at timestamp with time zone not null
  column leaf bytea not null
  column body_hash bytea
  column sealed bytea
  constraint event_check CHECK ((((object IS NULL) = (seq IS NULL)) AND ((object IS NULL) = (type IS NULL))))
  constraint event_check1 CHECK (((object IS NOT NULL) OR (log = 'private'::text)))
  constraint event_index_check CHECK ((index >= 0))
  constraint event_leaf_check CHECK (((octet_length(leaf) >= 1) AND (octet_length(leaf) <= 65535)))
  constraint event_log_fkey FOREIGN KEY (log) REFERENCES ledger.log(id)
  constraint event_log_index_key UNIQUE (log, index)
  constraint event_object_log_seq_key UNIQUE (object, log, seq)
  constraint event_pkey PRIMARY KEY (id)
  constraint event_seq_check CHECK ((seq > 0))
  CREATE INDEX event_not_yet_indexed ON ledger.event USING btree (log, id) WHERE (index IS NULL)
  CREATE INDEX event_of_type ON ledger.event USING btree (type, index)
  CREATE TRIGGER event_append_only BEFORE DELETE OR UPDATE ON ledger.event FOR EACH ROW EXECUTE FUNCTION ledger.refuse_rewrite()

table ledger.log
  column id text not null
  column origin text not null
  column wrapped_seed bytea not null
  column verifier_key text not null
  column size bigint not null default 0
  column edge bytea not null default '\x'::bytea
  column signed_size bigint not null default 0
  column signed_note text
  column signed_at timestamp with time zone
  column next_batch_at timestamp with time zone
  constraint log_check CHECK (((signed_size >= 0) AND (signed_size <= size)))
  constraint log_id_check CHECK ((id = ANY (ARRAY['public'::text, 'private'::text])))
  constraint log_origin_key UNIQUE (origin)
  constraint log_pkey PRIMARY KEY (id)
  constraint log_size_check CHECK ((size >= 0))

table ledger.object
  column id uuid not null
  column visibility text not null
  column since timestamp with time zone not null
  constraint object_pkey PRIMARY KEY (id)
  constraint object_visibility_check CHECK ((visibility = ANY (ARRAY['rehearsal'::text, 'customers'::text, 'public'::text])))

table ledger.object_head
  column object uuid not null
  column log text not null
  column seq integer not null
  column link bytea
  constraint object_head_log_fkey FOREIGN KEY (log) REFERENCES ledger.log(id)
  constraint object_head_pkey PRIMARY KEY (object, log)
  constraint object_head_seq_check CHECK ((seq >= 0))

CREATE OR REPLACE FUNCTION ledger.refuse_rewrite()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'DELETE' then
    raise exception 'ledger.event is append-only';
  end if;
  if new.leaf is distinct from old.leaf or new.id <> old.id or new.log <> old.log or new.object is distinct from old.object
    or new.seq is distinct from old.seq or new.body_hash is distinct from old.body_hash
    or (old.index is not null and new.index is distinct from old.index) then
    raise exception 'a recorded event never changes';
  end if;
  return new;
end $function$

table ledger.store
  column single boolean not null default true
  column id uuid not null
  constraint store_pkey PRIMARY KEY (single)
  constraint store_single_check CHECK (single)

table ledger.subject
  column id uuid not null
  column wrapped_key bytea
  column erased_at timestamp with time zone
  constraint subject_check CHECK (((wrapped_key IS NULL) = (erased_at IS NOT NULL)))
  constraint subject_pkey PRIMARY KEY (id)

table ledger.tile
  column log text not null
  column level smallint not null
  column n bigint not null
  column hashes bytea not null
  constraint tile_hashes_check CHECK ((((octet_length(hashes) % 32) = 0) AND ((octet_length(hashes) >= 32) AND (octet_length(hashes) <= 8192))))
  constraint tile_level_check CHECK (((level >= 0) AND (level <= 63)))
  constraint tile_log_fkey FOREIGN KEY (log) REFERENCES ledger.log(id)
  constraint tile_n_check CHECK ((n >= 0))
  constraint tile_pkey PRIMARY KEY (log, level, n)

create schema mail;

table mail.message
  column id uuid not null
  column template text not null
  column content bytea
  column state text not null
  column attempts integer not null
  column error text
  column created_at timestamp with time zone not null
  column useful_until timestamp with time zone not null
  column claimed_until timestamp with time zone
  column settled_at timestamp with time zone
  constraint message_check CHECK (((content IS NULL) = (state = ANY (ARRAY['sent'::text, 'failed'::text]))))
  constraint message_pkey PRIMARY KEY (id)
  constraint message_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'sent'::text, 'failed'::text, 'caught'::text])))
  CREATE INDEX message_open ON mail.message USING btree (created_at) WHERE (state = ANY (ARRAY['queued'::text, 'caught'::text]))
  CREATE INDEX message_settled ON mail.message USING btree (settled_at) WHERE (state = ANY (ARRAY['sent'::text, 'failed'::text]))

create schema organisation;

table organisation.organisation
  column single boolean not null default true
  column object uuid not null
  column name text not null
  column public_url text not null
  column languages text[] not null
  column time_zone text not null
  column sector text not null
  column demo boolean not null
  column reply_hours integer not null
  column calendar jsonb not null
  column established_at timestamp with time zone not null
  column client_files text not null default ''::text
  constraint organisation_languages_check CHECK ((cardinality(languages) > 0))
  constraint organisation_pkey PRIMARY KEY (single)
  constraint organisation_reply_hours_check CHECK (((reply_hours >= 1) AND (reply_hours <= 1000)))
  constraint organisation_single_check CHECK (single)

table organisation.set_up_link
  column single boolean not null default true
  column token_hash bytea not null
  column expires_at timestamp with time zone not null
  column used_at timestamp with time zone
  constraint set_up_link_pkey PRIMARY KEY (single)
  constraint set_up_link_single_check CHECK (single)
  constraint set_up_link_token_hash_check CHECK ((octet_length(token_hash) = 32))

create schema policies;

table policies.document
  column id uuid not null
  column slug text not null
  column title text not null
  column language text not null
  column created_at timestamp with time zone not null
  column department_id uuid
  constraint document_pkey PRIMARY KEY (id)
  constraint document_slug_check CHECK (((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text) AND (length(slug) <= 80)))
  constraint document_slug_key UNIQUE (slug)
  constraint document_title_check CHECK (((length(title) >= 1) AND (length(title) <= 200)))
  CREATE INDEX document_of_department ON policies.document USING btree (department_id)

table policies.draft
  column document_id uuid not null
  column text text not null
  column summary text not null
  column effective_local text not null
  column revision integer not null
  column updated_at timestamp with time zone not null
  column updated_by text not null
  constraint draft_document_id_fkey FOREIGN KEY (document_id) REFERENCES policies.document(id)
  constraint draft_pkey PRIMARY KEY (document_id)

table policies.version
  column id uuid not null
  column document_id uuid not null
  column number integer not null
  column title text not null
  column origin text not null
  column published_at timestamp with time zone
  column effective_at timestamp with time zone
  column effective_local text
  column effective_zone text
  column claimed_published_at timestamp with time zone
  column git_commit text
  column git_path text
  column event_id uuid
  column withdrawn_at timestamp with time zone
  column summary_event_id uuid
  column withdrawal_event_id uuid
  column created_at timestamp with time zone not null
  constraint version_check CHECK (((origin = 'imported'::text) OR ((effective_at IS NOT NULL) AND (effective_local IS NOT NULL) AND (effective_zone IS NOT NULL))))
  constraint version_check1 CHECK (((origin = 'imported'::text) OR (published_at IS NULL) OR (effective_at >= published_at)))
  constraint version_check2 CHECK (((origin = 'published'::text) OR ((claimed_published_at IS NOT NULL) AND (git_commit IS NOT NULL) AND (git_path IS NOT NULL))))
  constraint version_check3 CHECK (((withdrawn_at IS NULL) = (withdrawal_event_id IS NULL)))
  constraint version_document_id_fkey FOREIGN KEY (document_id) REFERENCES policies.document(id)
  constraint version_document_id_git_commit_git_path_key UNIQUE (document_id, git_commit, git_path)
  constraint version_document_id_number_key UNIQUE (document_id, number)
  constraint version_number_check CHECK ((number > 0))
  constraint version_origin_check CHECK ((origin = ANY (ARRAY['published'::text, 'imported'::text])))
  constraint version_pkey PRIMARY KEY (id)

create schema support;

table support.count
  column at timestamp with time zone not null
  column asked integer not null
  column answered_in_time integer not null
  column answered_late integer not null
  column open_in_time integer not null
  column open_late integer not null
  column event_id uuid not null
  constraint count_pkey PRIMARY KEY (at)

table support.question
  column id uuid not null
  column subject uuid not null
  column receipt_hash bytea
  column document_id uuid not null
  column version_number integer not null
  column clause_id text
  column language text not null
  column sealed bytea
  column asked_at timestamp with time zone not null
  column due_at timestamp with time zone not null
  column answered_at timestamp with time zone
  column sealed_answer bytea
  column may_publish boolean not null
  column published_object uuid
  column published_at timestamp with time zone
  column erased_at timestamp with time zone
  column account_id uuid
  column reference_hash bytea
  constraint question_pkey PRIMARY KEY (id)
  constraint question_receipt_hash_check CHECK ((octet_length(receipt_hash) = 32))
  constraint question_receipt_hash_key UNIQUE (receipt_hash)
  constraint question_reference_hash_check CHECK ((octet_length(reference_hash) = 32))
  constraint question_subject_key UNIQUE (subject)
  CREATE INDEX question_of_account ON support.question USING btree (account_id, asked_at)
  CREATE INDEX question_of_document ON support.question USING btree (document_id) WHERE (published_at IS NOT NULL)
  CREATE INDEX question_open ON support.question USING btree (due_at) WHERE (answered_at IS NULL)
