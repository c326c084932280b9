using System.Reflection;
using Orleans;

namespace Chia.Engine.Tests.Embedded.Signatures;

/// <summary>The subset never differs from Orleans: each visible type and member of it exists there, with the same signature.</summary>
public sealed class SignatureTests
{
    private const string Version = "10.4.2";
    private const string CoreAbstractions = "Orleans.Core.Abstractions";

    /// <summary>The types that do not live in Orleans.Core.Abstractions, which is the only assembly that every registry has.</summary>
    private static readonly Dictionary<string, string[]> OtherHomes = new()
    {
        ["Orleans.Serialization.Abstractions"] =
        [
            "Orleans.AliasAttribute", "Orleans.GenerateSerializerAttribute", "Orleans.IConverter`2", "Orleans.IdAttribute",
            "Orleans.ImmutableAttribute", "Orleans.RegisterConverterAttribute",
        ],
        ["Orleans.Core"] =
        [
            "Orleans.CollectionAgeLimitAttribute", "Orleans.IClusterClient", "Orleans.KeepAliveAttribute",
            "Orleans.Storage.InconsistentStateException",
        ],
        ["Orleans.Runtime"] = ["Orleans.Runtime.IPersistentState`1", "Orleans.Runtime.PersistentStateAttribute"],
        ["Orleans.Streaming"] =
        [
            "Orleans.ClientStreamingExtensions", "Orleans.GrainStreamingExtensions", "Orleans.Runtime.StreamId",
            "Orleans.Streams.AsyncObservableExtensions", "Orleans.Streams.IAsyncBatchProducer`1", "Orleans.Streams.IAsyncObservable`1",
            "Orleans.Streams.IAsyncObserver`1", "Orleans.Streams.IAsyncStream", "Orleans.Streams.IAsyncStream`1",
            "Orleans.Streams.IStreamProvider", "Orleans.Streams.StreamSequenceToken", "Orleans.Streams.StreamSubscriptionHandle`1",
            "Orleans.Streams.StreamSubscriptionHandleExtensions",
        ],
    };

    private static readonly Dictionary<string, ApiType> Subset = ApiReader.Read(typeof(IGrain).Assembly.Location)
        .Where(t => t.Key.StartsWith("Orleans.", StringComparison.Ordinal))
        .ToDictionary(t => t.Key, t => t.Value);

    public static TheoryData<string> OtherAssemblies => [.. OtherHomes.Keys];

    [Fact]
    public void Types_of_Core_Abstractions_are_as_there()
    {
        var elsewhere = OtherHomes.Values.SelectMany(t => t).ToHashSet();
        var here = Subset.Keys.Where(t => !elsewhere.Contains(t)).ToList();
        Assert.True(here.Count > 20, "The subset was not read.");
        Assert.Empty(Differences(CoreAbstractions, here));
    }

    [Theory]
    [MemberData(nameof(OtherAssemblies))]
    public void Types_of_other_assemblies_are_as_there_where_the_package_is_at_hand(string assembly)
    {
        Assert.Empty(OtherHomes[assembly].Except(Subset.Keys)); // the table names what we have
        Assert.SkipUnless(File.Exists(PathOf(assembly)), $"The package of {assembly} is not at hand.");
        Assert.Empty(Differences(assembly, OtherHomes[assembly]));
    }

    [Fact]
    public void A_difference_is_found()
    {
        var theirs = ApiReader.Read(PathOf(CoreAbstractions));
        var factory = Subset["Orleans.IGrainFactory"];
        var renamed = factory with { Members = factory.Members.Select(m => m.Replace("primaryKey", "key", StringComparison.Ordinal)).ToHashSet() };
        Assert.Empty(Differences(factory, theirs));
        Assert.Equal(2, Differences(renamed, theirs).Count());
        Assert.Single(Differences(factory with { FullName = "Orleans.IFactory" }, theirs));
        Assert.Single(Differences(factory with { Interfaces = new HashSet<string> { "System.IDisposable" } }, theirs));
        var code = Subset["Orleans.DeactivationReasonCode"];
        Assert.Single(Differences(code with { Kind = Subset["Orleans.DeactivationReason"].Kind }, theirs));
    }

    private static IEnumerable<string> Differences(string assembly, IEnumerable<string> names)
    {
        var theirs = ApiReader.Read(PathOf(assembly));
        return names.SelectMany(name => Differences(Subset[name], theirs));
    }

    private static IEnumerable<string> Differences(ApiType ours, Dictionary<string, ApiType> theirTypes)
    {
        if (!theirTypes.TryGetValue(ours.FullName, out var theirs))
        {
            yield return $"{ours.FullName} does not exist there";
            yield break;
        }
        if (ours.Kind != theirs.Kind)
            yield return $"{ours.FullName} is [{ours.Kind}], there [{theirs.Kind}]";
        if (ours.AttributeUsage != theirs.AttributeUsage)
            yield return $"{ours.FullName} has another [AttributeUsage]";
        foreach (var extra in ours.Interfaces.Except(theirs.Interfaces))
            yield return $"{ours.FullName} does not implement {extra} there";
        foreach (var extra in ours.Members.Except(theirs.Members))
            yield return $"{ours.FullName} has no member [{extra}] there";
    }

    private static string PathOf(string assembly)
    {
        var root = typeof(SignatureTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "PackageRoot").Value!;
        return Path.Combine(root, $"Microsoft.{assembly}".ToLowerInvariant(), Version, "lib", "net10.0", $"{assembly}.dll");
    }
}
