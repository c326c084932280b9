namespace Chia.Architecture.Tests.Support;

/// <summary>Which room may know which: the table of the house, one line a room.</summary>
internal static class Rooms
{
    /// <summary>The project that stands for the engine when it is the embedded one.</summary>
    public const string EmbeddedEngine = "Chia.Embedded";

    /// <summary>The import that references the engine, whichever it is.</summary>
    public const string EngineImport = "Engine.props";

    private const string Protocol = "Chia.Protocol";
    private const string GrainInterfaces = "Chia.GrainInterfaces";
    private const string Cryptography = "Chia.Cryptography";
    private const string Consensus = "Chia.Consensus";
    private const string Storage = "Chia.Storage";
    private const string Grains = "Chia.Grains";
    private const string Gateway = "Chia.Gateway";

    /// <summary>A room.</summary>
    /// <param name="Projects">Rooms it may reference.</param>
    /// <param name="Engine">May it reference the engine?</param>
    /// <param name="Packages">Packages it may use; null for any.</param>
    internal sealed record Room(string[] Projects, bool Engine = false, string[]? Packages = null);

    public static readonly IReadOnlyDictionary<string, Room> All = new Dictionary<string, Room>
    {
        [Protocol] = new([], Packages: []),
        [EmbeddedEngine] = new([], Packages: []),
        [GrainInterfaces] = new([Protocol], Engine: true, Packages: []),
        [Cryptography] = new([Protocol], Packages: []),
        [Consensus] = new([Protocol, Cryptography], Packages: []),
        [Storage] = new([Protocol], Packages: ["Microsoft.Data.Sqlite", "MongoDB.Driver"]),
        [Grains] = new([Protocol, GrainInterfaces, Cryptography, Consensus, Storage], Engine: true, Packages: []),
        [Gateway] = new([Protocol, GrainInterfaces], Engine: true, Packages: []),
        ["Chia.Silo"] = new([Protocol, GrainInterfaces, Cryptography, Consensus, Storage, Grains, Gateway], Engine: true),
    };

    /// <summary>Every arrow of a project that the table does not have, a line each.</summary>
    public static IEnumerable<string> Violations(ProjectFile project)
    {
        if (project.IsTest)
            return [];
        if (!All.TryGetValue(project.Name, out var room))
            return [$"{project.Path}: a room that the table does not know"];
        var projects = project.Projects.Where(p => !room.Projects.Contains(p) && !(room.Engine && p == EmbeddedEngine));
        var packages = project.Packages.Where(p => room.Packages is { } allowed && !allowed.Contains(p));
        var imports = project.Imports.Where(i => !(room.Engine && i == EngineImport));
        return projects.Concat(packages).Concat(imports).Concat(project.Assemblies).Concat(project.SharedSources)
            .Select(target => $"{project.Path} -> {target}");
    }
}
