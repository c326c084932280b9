using Chia.Storage.Errors;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Chia.Storage.MongoDB;

/// <summary>From the driver's exceptions to consequences.</summary>
internal static class MongoErrors
{
    /// <summary>A document of that id is there: for an upsert that was guarded, a later commit was faster.</summary>
    private const int DuplicateKey = 11000;

    /// <summary>Name of a database for messages: without user and password.</summary>
    internal static string Location(MongoUrl url, string database) =>
        $"mongodb://{string.Join(',', url.Servers.Select(server => $"{server.Host}:{server.Port}"))}/{database}";

    /// <summary>Runs work whose errors come out as store errors.</summary>
    internal static async Task<T> Translated<T>(string location, Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception error) when (Translate(error, location) is { } translated)
        {
            throw translated;
        }
    }

    /// <summary>The same on the caller's thread.</summary>
    internal static T TranslatedHere<T>(string location, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception error) when (Translate(error, location) is { } translated)
        {
            throw translated;
        }
    }

    private static StoreException? Translate(Exception error, string location) => error switch
    {
        MongoException or TimeoutException => new StoreUnavailableException(location, error.Message.Split('\n')[0], error),
        BsonException or FormatException or InvalidCastException =>
            new StoreDamagedException(location, "a document of the wrong form", error),
        _ => null,
    };

    /// <summary>Whether nothing failed but upserts that came too late.</summary>
    internal static bool IsOutrun(MongoBulkWriteException<BsonDocument> error) =>
        error.WriteConcernError is null && error.WriteErrors.All(write => write.Code == DuplicateKey);
}
