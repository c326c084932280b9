-- Blocks of all nodes of a cluster in PostgreSQL: the tables of the SQLite store with the node in each key. Schema version 1.
-- `chia cluster init` runs this in one transaction; a schema of another version is refused.
CREATE TABLE chia_schema(version integer NOT NULL);
INSERT INTO chia_schema VALUES (1);
CREATE TABLE chia_node(node text PRIMARY KEY, network_id text NOT NULL, genesis_hash bytea NOT NULL, epoch bigint NOT NULL);
CREATE TABLE chia_record(
    node text NOT NULL, id bigint GENERATED ALWAYS AS IDENTITY, header_hash bytea NOT NULL, fields bytea NOT NULL,
    PRIMARY KEY(node, header_hash));
CREATE INDEX chia_record_order ON chia_record(node, id);
CREATE TABLE chia_block(
    node text NOT NULL, header_hash bytea NOT NULL, header_length bigint NOT NULL, checksum bigint NOT NULL, bytes bytea NOT NULL,
    PRIMARY KEY(node, header_hash));
ALTER TABLE chia_block ALTER COLUMN bytes SET STORAGE EXTERNAL; -- Hashes, signatures and proofs do not compress.
CREATE TABLE chia_height(node text NOT NULL, height bigint NOT NULL, header_hash bytea NOT NULL, PRIMARY KEY(node, height));
CREATE TABLE chia_tip(node text NOT NULL, position integer NOT NULL, header_hash bytea NOT NULL, PRIMARY KEY(node, position));
CREATE TABLE chia_checkpoint(node text NOT NULL, name text NOT NULL, value bytea NOT NULL, PRIMARY KEY(node, name));
CREATE TABLE chia_sync_target(node text PRIMARY KEY, header_hash bytea NOT NULL, height bigint NOT NULL, weight bytea NOT NULL);
CREATE TABLE chia_sync_block(
    node text NOT NULL, height bigint NOT NULL, header_hash bytea NOT NULL, bytes bytea NOT NULL, PRIMARY KEY(node, height, header_hash));

-- Locks a node's epoch row and fails the transaction when the writer's epoch is not the one in force.
CREATE FUNCTION chia_require(wanted_node text, wanted bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    current bigint;
BEGIN
    SELECT epoch INTO current FROM chia_node WHERE node = wanted_node FOR UPDATE;
    IF current IS DISTINCT FROM wanted THEN
        RAISE EXCEPTION '%', coalesce(current, 0) USING ERRCODE = 'CH001';
    END IF;
END $$;

-- Fails the transaction: it would leave the store incoherent.
CREATE FUNCTION chia_refuse(reason text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', reason USING ERRCODE = 'CH002';
END $$;
