-- What Orleans' AdoNet providers ask of a PostgreSQL database: the members of a cluster, and the states of grains.
-- The providers read their statements from orleansquery and name their parameters; the tables behind them are ours to choose.
-- Made by `chia cluster init` in one transaction, with the tables of the block store; tables of another version are refused.

CREATE TABLE chia_cluster_schema (version integer NOT NULL);
INSERT INTO chia_cluster_schema VALUES (1);

CREATE TABLE orleansquery
(
    querykey text PRIMARY KEY,
    querytext text NOT NULL
);

-- One row a cluster: every change of its members counts it up, and refers to the count it has seen.
CREATE TABLE chia_cluster
(
    id text PRIMARY KEY,
    version integer NOT NULL DEFAULT 0,
    changed timestamptz NOT NULL DEFAULT now()
);

-- One row for each start of a silo.
CREATE TABLE chia_silo
(
    cluster text NOT NULL REFERENCES chia_cluster (id),
    address text NOT NULL,
    port integer NOT NULL,
    generation integer NOT NULL,
    name text NOT NULL,
    host text NOT NULL,
    status integer NOT NULL,
    client_port integer NOT NULL,
    suspicions text,
    started timestamptz NOT NULL,
    alive timestamptz NOT NULL,
    PRIMARY KEY (cluster, address, port, generation)
);

-- One row for each state of a grain. Two grains may share a hash, not a key.
CREATE TABLE chia_grain_state
(
    service text NOT NULL,
    kind text NOT NULL,
    id0 bigint NOT NULL,
    id1 bigint NOT NULL,
    extension text NOT NULL,
    version integer NOT NULL,
    bytes bytea,
    changed timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (service, kind, id0, id1, extension)
);

-- A new member, if the table is as its writer has seen it. Times are by the clock that all share: of a silo whose own is ahead nobody shall wait for
-- signs of life from the future, nor take the time of its start for one.
CREATE FUNCTION chia_silo_joins(
    the_cluster text, seen integer, the_address text, the_port integer, the_generation integer, the_name text, the_host text,
    the_status integer, the_client_port integer, the_start timestamptz, the_life timestamptz)
RETURNS boolean LANGUAGE plpgsql AS
$$
BEGIN
    UPDATE chia_cluster SET version = version + 1, changed = now() WHERE id = the_cluster AND version = seen;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO chia_silo (cluster, address, port, generation, name, host, status, client_port, started, alive)
    VALUES (the_cluster, the_address, the_port, the_generation, the_name, the_host, the_status, the_client_port, least(the_start, now()), now());
    RETURN true;
EXCEPTION WHEN unique_violation THEN
    -- The block is undone as a whole, the count too.
    RETURN false;
END
$$;

-- A member's new status, if the table is as its writer has seen it.
CREATE FUNCTION chia_silo_changes(
    the_cluster text, seen integer, the_address text, the_port integer, the_generation integer, the_status integer,
    the_suspicions text, the_life timestamptz)
RETURNS boolean LANGUAGE plpgsql AS
$$
DECLARE
    changes integer;
BEGIN
    PERFORM 1 FROM chia_cluster WHERE id = the_cluster AND version = seen FOR UPDATE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    UPDATE chia_silo SET status = the_status, suspicions = the_suspicions, alive = least(the_life, now())
    WHERE cluster = the_cluster AND address = the_address AND port = the_port AND generation = the_generation;
    GET DIAGNOSTICS changes = ROW_COUNT;
    IF changes = 0 THEN
        RETURN false;
    END IF;
    UPDATE chia_cluster SET version = version + 1, changed = now() WHERE id = the_cluster;
    RETURN true;
END
$$;

-- The version after the write. Orleans takes an unchanged version for a write that somebody else's has overtaken.
CREATE FUNCTION chia_state_writes(
    the_service text, the_kind text, the_id0 bigint, the_id1 bigint, the_extension text, seen integer, the_bytes bytea)
RETURNS integer LANGUAGE plpgsql AS
$$
DECLARE
    written integer;
BEGIN
    IF seen IS NULL THEN
        INSERT INTO chia_grain_state (service, kind, id0, id1, extension, version, bytes)
        VALUES (the_service, the_kind, the_id0, the_id1, coalesce(the_extension, ''), 1, the_bytes)
        ON CONFLICT DO NOTHING
        RETURNING version INTO written;
    ELSE
        UPDATE chia_grain_state SET version = version + 1, bytes = the_bytes, changed = now()
        WHERE service = the_service AND kind = the_kind AND id0 = the_id0 AND id1 = the_id1
            AND extension = coalesce(the_extension, '') AND version = seen
        RETURNING version INTO written;
    END IF;
    RETURN coalesce(written, seen);
END
$$;

INSERT INTO orleansquery (querykey, querytext) VALUES
('InsertMembershipVersionKey',
'WITH made AS (INSERT INTO chia_cluster (id) VALUES (@DeploymentId) ON CONFLICT DO NOTHING RETURNING 1) SELECT count(*) > 0 FROM made'),

('InsertMembershipKey',
'SELECT chia_silo_joins(@DeploymentId, @Version, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime)'),

('UpdateMembershipKey',
'SELECT chia_silo_changes(@DeploymentId, @Version, @Address, @Port, @Generation, @Status, @SuspectTimes, @IAmAliveTime)'),

('UpdateIAmAlivetimeKey',
'UPDATE chia_silo SET alive = least(greatest(@IAmAliveTime, now()), now()) WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation'),

('MembershipReadRowKey',
'SELECT c.id AS DeploymentId, s.address AS Address, s.port AS Port, s.generation AS Generation, s.name AS SiloName, s.host AS HostName,
    s.status AS Status, s.client_port AS ProxyPort, s.suspicions AS SuspectTimes, s.started AS StartTime, s.alive AS IAmAliveTime, c.version AS Version
FROM chia_cluster c LEFT JOIN chia_silo s ON s.cluster = c.id AND s.address = @Address AND s.port = @Port AND s.generation = @Generation
WHERE c.id = @DeploymentId'),

('MembershipReadAllKey',
'SELECT c.id AS DeploymentId, s.address AS Address, s.port AS Port, s.generation AS Generation, s.name AS SiloName, s.host AS HostName,
    s.status AS Status, s.client_port AS ProxyPort, s.suspicions AS SuspectTimes, s.started AS StartTime, s.alive AS IAmAliveTime, c.version AS Version
FROM chia_cluster c LEFT JOIN chia_silo s ON s.cluster = c.id
WHERE c.id = @DeploymentId'),

('GatewaysQueryKey',
'SELECT address AS Address, client_port AS ProxyPort, generation AS Generation FROM chia_silo
WHERE cluster = @DeploymentId AND status = @Status AND client_port > 0'),

('DeleteMembershipTableEntriesKey',
'WITH silos AS (DELETE FROM chia_silo WHERE cluster = @DeploymentId) DELETE FROM chia_cluster WHERE id = @DeploymentId'),

('CleanupDefunctSiloEntriesKey',
-- 3 is active: a silo that lives is never forgotten, however long it has not said so; nor is one that joins, whatever the other's clock says.
'DELETE FROM chia_silo WHERE cluster = @DeploymentId AND alive < least(@IAmAliveTime, now() - interval ''1 minute'') AND status <> 3'),

('ReadFromStorageKey',
'SELECT bytes AS PayloadBinary, version AS Version FROM chia_grain_state
WHERE service = @ServiceId AND kind = @GrainTypeString AND id0 = @GrainIdN0 AND id1 = @GrainIdN1
    AND extension = coalesce(@GrainIdExtensionString::text, '''')'),

('WriteToStorageKey',
'SELECT chia_state_writes(@ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, @GrainIdExtensionString::text, @GrainStateVersion::integer,
    @PayloadBinary::bytea) AS NewGrainStateVersion'),

('ClearStorageKey',
'UPDATE chia_grain_state SET version = version + 1, bytes = NULL, changed = now()
WHERE service = @ServiceId AND kind = @GrainTypeString AND id0 = @GrainIdN0 AND id1 = @GrainIdN1
    AND extension = coalesce(@GrainIdExtensionString::text, '''') AND version = @GrainStateVersion
RETURNING version AS NewGrainStateVersion');
