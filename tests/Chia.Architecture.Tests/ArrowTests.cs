using Chia.Architecture.Tests.Support;

namespace Chia.Architecture.Tests;

/// <summary>Arrows between rooms, read from the project files.</summary>
public sealed class ArrowTests
{
    private static readonly string[] SharedBuildFiles = ["Directory.Build.props", Rooms.BuildFile];

    [Fact]
    public void Rooms_reference_only_what_the_table_allows() =>
        Findings.None(Repository.Projects.Select(ProjectFile.Read).SelectMany(Rooms.Violations));

    [Fact]
    public void Every_room_of_the_table_has_a_project() =>
        Assert.Equal(
            Rooms.All.Keys.Order(), Repository.Projects.Select(ProjectFile.Read).Where(p => !p.IsTest).Select(p => p.Name).Order());

    [Fact]
    public void Only_tests_see_the_internals_of_a_room()
    {
        var projects = Repository.Projects.Select(ProjectFile.Read).ToList();
        var tests = projects.Where(p => p.IsTest).Select(p => p.Name).ToHashSet();

        Findings.None(
            projects.SelectMany(p => p.Friends.Where(f => !tests.Contains(f)).Select(f => $"{p.Path} shows its internals to {f}")));
    }

    [Fact]
    public void No_shared_build_file_adds_a_reference() =>
        Findings.None(SharedBuildFiles
            .Select(f => new ProjectFile(f, Repository.Read(f)))
            .SelectMany(f => f.Projects.Concat(f.Packages).Concat(f.Assemblies).Select(r => $"{f.Path} -> {r}")));

    [Theory]
    [InlineData("gateway/Chia.Gateway.csproj", """<ProjectReference Include="../grains/Chia.Grains/Chia.Grains.csproj" />""")]
    [InlineData("gateway/Chia.Gateway.csproj", """<ProjectReference Include="..\grains\Chia.Consensus\Chia.Consensus.csproj" Condition="'$(X)' == 'y'" />""")]
    [InlineData("grains/Chia.Storage/Chia.Storage.csproj", """<ProjectReference Include="../Chia.Consensus/Chia.Consensus.csproj" />""")]
    [InlineData("grains/Chia.Storage/Chia.Storage.csproj", """<ProjectReference Include="../../grain-interfaces/Chia.GrainInterfaces/Chia.GrainInterfaces.csproj" />""")]
    [InlineData("grains/Chia.Storage/Chia.Storage.csproj", """<PackageReference Include="Newtonsoft.Json" />""")]
    [InlineData("grain-interfaces/Chia.Protocol/Chia.Protocol.csproj", """<PackageReference Include="Microsoft.Orleans.Sdk" />""")]
    [InlineData("grains/Chia.Consensus/Chia.Consensus.csproj", """<Reference Include="Chia.Storage" />""")]
    [InlineData("grains/Chia.Consensus/Chia.Consensus.csproj", """<Compile Include="../Chia.Storage/IBlockStore.cs" />""")]
    [InlineData("grains/Chia.Storage/Chia.Storage.csproj", """<PackageReference Include="Microsoft.Orleans.Server" />""")]
    [InlineData("gateway/Chia.Gateway.csproj", """<PackageReference Include="Microsoft.Orleans.Server" />""")]
    [InlineData("grains/Chia.New/Chia.New.csproj", "")]
    public void An_arrow_beside_the_table_is_found(string path, string item) =>
        Assert.Single(Rooms.Violations(new ProjectFile(path, $"<Project><ItemGroup>{item}</ItemGroup></Project>")));

    [Fact]
    public void An_import_of_a_build_file_that_adds_none_is_no_arrow() =>
        Assert.Empty(Rooms.Violations(new ProjectFile(
            "silo/Chia.Silo.csproj", """<Project><Import Project="Ahead/ReadyToRun.targets" /></Project>""")));

    [Fact]
    public void An_import_is_an_arrow_as_well() =>
        Assert.Single(Rooms.Violations(new ProjectFile(
            "grains/Chia.Consensus/Chia.Consensus.csproj", """<Project><Import Project="../../Orleans.props" /></Project>""")));
}
