using MongoDB.Bson;
using MongoDB.Driver;

namespace Chia.Storage.MongoDB;

/// <summary>Writes in their order, cut where a document is met a second time: within a run each stands alone, and runs follow one
/// another.</summary>
internal static class MongoRuns
{
    /// <summary>Writes of one run: some megabytes of blocks.</summary>
    private const int Longest = 1000;

    /// <summary>The runs.</summary>
    internal static IEnumerable<List<WriteModel<BsonDocument>>> Of(IEnumerable<WriteModel<BsonDocument>> writes)
    {
        var (run, ids) = (new List<WriteModel<BsonDocument>>(), new HashSet<BsonValue>());
        foreach (var write in writes)
        {
            if (run.Count == Longest || !ids.Add(IdOf(write)))
            {
                yield return run;
                (run, ids) = ([], [IdOf(write)]);
            }

            run.Add(write);
        }

        if (run.Count > 0)
            yield return run;
    }

    private static BsonValue IdOf(WriteModel<BsonDocument> write) =>
        ((UpdateOneModel<BsonDocument>)write).Filter is BsonDocumentFilterDefinition<BsonDocument> filter
            ? filter.Document["_id"]
            : throw new ArgumentException("not a write of this store", nameof(write));
}
