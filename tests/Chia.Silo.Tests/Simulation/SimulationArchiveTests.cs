using Chia.Silo.Simulation;
using Chia.Silo.Simulation.Plan;
using Chia.Testing;

namespace Chia.Silo.Tests.Simulation;

/// <summary>A simulation is saved in a file and goes on from it.</summary>
public sealed class SimulationArchiveTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Everything_but_what_belongs_to_a_run_comes_back()
    {
        var (root, copy) = (new DirectoryInfo(_folder.Sub("root")), new DirectoryInfo(_folder.Sub("copy")));
        Write(root, "keys.yaml", "secret");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path.Combine(root.FullName, "keys.yaml"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Write(root, "node-1/blocks.db", "chain");
        Write(root, "node-1/rpc.url", "http://127.0.0.1:1");
        Write(root, "simulation.log", "lines");
        Write(copy, "simulation.lock", "");
        var file = _folder.File("saved.tgz");

        SimulationArchive.Save(root.FullName, file);
        SimulationArchive.Load(file, copy.FullName);

        Assert.Equal(
            ["keys.yaml", "node-1/blocks.db", "simulation.lock"],
            Directory.EnumerateFiles(copy.FullName, "*", SearchOption.AllDirectories).Select(p => Path.GetRelativePath(copy.FullName, p))
                .Order(StringComparer.Ordinal));
        Assert.Equal("chain", File.ReadAllText(Path.Combine(copy.FullName, "node-1", "blocks.db")));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(copy.FullName, "keys.yaml")));
    }

    [Fact]
    public void Nothing_that_is_there_is_overwritten()
    {
        var root = new DirectoryInfo(_folder.Sub("root"));
        Write(root, "keys.yaml", "secret");
        var file = _folder.File("saved.tgz");
        SimulationArchive.Save(root.FullName, file);

        Assert.Contains("not overwritten", Assert.Throws<UserException>(() => SimulationArchive.RequireWritable(file)).Message);
        Assert.Contains("not empty", Assert.Throws<UserException>(() => SimulationArchive.Load(file, root.FullName)).Message);
    }

    [Fact]
    public void A_file_that_is_none_is_refused()
    {
        var file = _folder.File("other");
        File.WriteAllText(file, "something else");

        Assert.Contains(
            "no saved simulation",
            Assert.Throws<UserException>(() => SimulationArchive.Load(file, _folder.Sub("copy"))).Message);
        Assert.Contains(
            "no file",
            Assert.Throws<UserException>(() => SimulationArchive.Load(file + "2", _folder.Sub("copy"))).Message);
        Assert.Contains(
            "no folder",
            Assert.Throws<UserException>(() => SimulationArchive.RequireWritable(Path.Combine(_folder.Path, "none", "x"))).Message);
    }

    [Fact]
    public void The_same_seed_gives_the_same_keys_and_another_gives_others()
    {
        Assert.Equal(SimulationSeed.Farmer(7).FarmerTarget, SimulationSeed.Farmer(7).FarmerTarget);
        Assert.NotEqual(SimulationSeed.Farmer(7).FarmerTarget, SimulationSeed.Farmer(8).FarmerTarget);
        Assert.Equal(SimulationSeed.Harvester(7).PlotKey(17, 3).PublicKey, SimulationSeed.Harvester(7).PlotKey(17, 3).PublicKey);
    }

    private static void Write(DirectoryInfo root, string name, string text)
    {
        var path = Path.Combine(root.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
