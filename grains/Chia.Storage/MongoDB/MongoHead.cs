using Chia.Protocol.Primitives;
using Chia.Storage.Errors;
using MongoDB.Bson;

namespace Chia.Storage.MongoDB;

/// <summary>A node's head document as it is read.</summary>
/// <param name="Identity">Whose chain it is.</param>
/// <param name="Epoch">The writer in force.</param>
/// <param name="Number">The last commit.</param>
/// <param name="Applied">The last commit that was rolled in.</param>
/// <param name="Tips">The tips, in order; null for one that is no hash.</param>
/// <param name="Checkpoints">The checkpoints.</param>
/// <param name="Target">The target of a sync under way.</param>
internal sealed record MongoHead(
    StoreIdentity Identity,
    long Epoch,
    long Number,
    long Applied,
    IReadOnlyList<Bytes32?> Tips,
    IReadOnlyDictionary<string, byte[]> Checkpoints,
    SyncTarget? Target)
{
    /// <summary>Reads it.</summary>
    /// <exception cref="StoreDamagedException">It is not what is written here.</exception>
    internal static MongoHead Read(BsonDocument head, string location)
    {
        T Required<T>(string name, Func<BsonValue, T?> read)
            where T : struct =>
            read(head.GetValue(name, BsonNull.Value)) ?? throw new StoreDamagedException(location, $"the head's {name} cannot be read");

        if (head.GetValue("network_id", BsonNull.Value) is not BsonString networkId)
            throw new StoreDamagedException(location, "its identity is missing");
        var checkpoints = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var checkpoint in (head.GetValue("checkpoints", BsonNull.Value) as BsonArray ?? []).OfType<BsonDocument>())
        {
            if (checkpoint.GetValue("name", BsonNull.Value) is BsonString name
                && MongoDocuments.Bytes(checkpoint.GetValue("value", BsonNull.Value)) is { } value)
                checkpoints[name.Value] = value;
        }

        return new MongoHead(
            new StoreIdentity(networkId.Value, Required("genesis_hash", MongoDocuments.Hash)),
            Required("epoch", MongoDocuments.Integer),
            Required("number", MongoDocuments.Integer),
            Required("applied", MongoDocuments.Integer),
            [.. (head.GetValue("tips", BsonNull.Value) as BsonArray ?? []).Select(MongoDocuments.Hash)],
            checkpoints,
            MongoDocuments.ReadTarget(head.GetValue("target", BsonNull.Value)));
    }
}
