namespace Chia.Architecture.Tests.Support;

/// <summary>Which room may know which: the table of the house, one line a room.</summary>
internal static class Rooms
{
    private const string Contracts = "Microsoft.Orleans.Sdk";
    private const string Streams = "Microsoft.Orleans.Streaming";

    private const string Protocol = "Chia.Protocol";
    private const string GrainInterfaces = "Chia.GrainInterfaces";
    private const string Cryptography = "Chia.Cryptography";
    private const string Consensus = "Chia.Consensus";
    private const string Sync = "Chia.Sync";
    private const string Storage = "Chia.Storage";
    private const string Grains = "Chia.Grains";
    private const string Gateway = "Chia.Gateway";

    /// <summary>A tool of the compiler: nothing of it is in a room that is built.</summary>
    private const string Analyzer = "Microsoft.CodeAnalysis.BannedApiAnalyzers";

    /// <summary>A room.</summary>
    /// <param name="Projects">Rooms it may reference.</param>
    /// <param name="Packages">Packages it may use; null for any.</param>
    internal sealed record Room(string[] Projects, string[]? Packages = null);

    public static readonly IReadOnlyDictionary<string, Room> All = new Dictionary<string, Room>
    {
        [Protocol] = new([], Packages: ["System.Formats.Cbor"]),
        [GrainInterfaces] = new([Protocol], Packages: [Contracts]),
        [Cryptography] = new([Protocol], Packages: []),
        [Consensus] = new([Protocol, Cryptography], Packages: []),
        [Sync] = new([Protocol, Consensus], Packages: []),
        [Storage] = new([Protocol], Packages: ["Microsoft.Data.Sqlite", "MongoDB.Driver", "Npgsql"]),
        [Grains] = new([Protocol, GrainInterfaces, Cryptography, Consensus, Sync, Storage], Packages: [Contracts, Streams]),
        [Gateway] = new([Protocol, GrainInterfaces], Packages: [Streams]),
        ["Chia.Silo"] = new([Protocol, GrainInterfaces, Cryptography, Consensus, Sync, Storage, Grains, Gateway]),
    };

    /// <summary>What a project may import: it adds no reference, which <see cref="ArrowTests"/> looks at as well.</summary>
    public const string BuildFile = "silo/Ahead/ReadyToRun.targets";

    /// <summary>Every arrow of a project that the table does not have, a line each.</summary>
    public static IEnumerable<string> Violations(ProjectFile project)
    {
        if (project.IsTest)
            return [];
        if (!All.TryGetValue(project.Name, out var room))
            return [$"{project.Path}: a room that the table does not know"];
        var projects = project.Projects.Where(p => !room.Projects.Contains(p));
        var packages = project.Packages.Where(p => room.Packages is { } allowed && !allowed.Contains(p) && p != Analyzer);
        var imports = project.Imports.Where(p => $"{Path.GetDirectoryName(project.Path)}/Ahead/{p}" != BuildFile);
        return projects.Concat(packages).Concat(imports).Concat(project.Assemblies).Concat(project.SharedSources)
            .Select(target => $"{project.Path} -> {target}");
    }
}
