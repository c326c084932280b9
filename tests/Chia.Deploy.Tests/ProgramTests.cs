using System.Diagnostics;
using Chia.Protocol.Primitives;
using Chia.Silo;
using Chia.Silo.Clusters.Definition;
using Chia.Silo.Commands;
using Chia.Silo.Keys;
using Chia.Silo.Node;
using Chia.Testing;
using k8s.Models;
using YamlDotNet.RepresentationModel;

namespace Chia.Deploy.Tests;

/// <summary>What the files of <c>deploy</c> say is what the program reads: commands, variables, ports, probes, cluster files.</summary>
public sealed class ProgramTests
{
    private static readonly ClusterPorts Ports = new();

    public static TheoryData<string> Overlays => ["small", "production"];

    public static TheoryData<string> ClusterFiles =>
        ["kubernetes/overlays/small/cluster.yaml", "kubernetes/overlays/production/cluster.yaml", "compose-cluster.yaml"];

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Kubernetes_starts_commands_that_exist_with_variables_that_are_read(string name)
    {
        Assert.All(Render(name).OurOwn, w =>
        {
            RequireCommand(w.Container.Args);
            RequireVariables(w.Container.Env.Select(e => e.Name));
        });
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Kubernetes_asks_the_paths_and_ports_that_answer(string name)
    {
        var listening = Render(name).OurOwn.Where(w => w.Container.Ports is not null).ToList();
        Assert.NotEmpty(listening);
        Assert.All(listening, w =>
        {
            Assert.Equal(ClusterEnvironment.LivePath, w.Container.LivenessProbe.HttpGet.Path);
            Assert.Equal(ClusterEnvironment.LivePath, w.Container.StartupProbe.HttpGet.Path);
            Assert.Equal(ClusterEnvironment.ReadyPath, w.Container.ReadinessProbe.HttpGet.Path);
            Assert.Equal(Ports.Http, PortOf(w.Container, "http"));
            Assert.True(TimeSpan.FromSeconds(w.Pod.Spec.TerminationGracePeriodSeconds!.Value) > ClusterEnvironment.ShutdownTime);
        });
        Assert.All(listening.Where(w => w.Container.Args[0] == "silo"), w =>
        {
            Assert.Equal(Ports.Silo, PortOf(w.Container, "silo"));
            Assert.Equal(Ports.Client, PortOf(w.Container, "orleans-client"));
        });
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Every_secret_file_that_the_cluster_file_names_is_mounted(string name)
    {
        var overlay = Render(name);
        var text = overlay.Of<V1ConfigMap>()
            .Single(c => c.Metadata.Name.StartsWith("chia-cluster", StringComparison.Ordinal)).Data["cluster.yaml"];
        var named = text.Split('\n').Select(line => line.Split(": ").Last().Trim())
            .Where(value => value.StartsWith("/run/", StringComparison.Ordinal)).ToList();

        Assert.Equal(5, named.Count);
        Assert.All(overlay.OurOwn, w => Assert.All(named, file =>
            Assert.Contains(w.Container.VolumeMounts, mount => Path.GetDirectoryName(file) == mount.MountPath)));
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Each_role_of_the_cluster_file_has_silos_that_take_it(string name)
    {
        var overlay = Render(name);
        var cluster = Read($"kubernetes/overlays/{name}/cluster.yaml");
        var taken = overlay.OurOwn.SelectMany(w => w.Container.Env).Where(e => e.Name == ClusterEnvironment.Roles)
            .SelectMany(e => e.Value.Split(',')).ToHashSet();

        Assert.ProperSuperset(cluster.Nodes.SelectMany(n => n.Roles).Select(RoleNames.Of).Where(r => r != "full_node").ToHashSet(), taken);
        Assert.Contains("chain", taken);
        Assert.Contains("validator", taken);
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Each_harvester_has_a_node_of_its_own_with_its_plots(string name)
    {
        var pods = Render(name).Of<V1StatefulSet>().Single(set => set.Metadata.Name == "harvester");
        var harvesters = Read($"kubernetes/overlays/{name}/cluster.yaml").Nodes.Where(node => node.Roles.Contains(Role.Harvester));
        Assert.Equal(
            Enumerable.Range(0, pods.Spec.Replicas!.Value).Select(i => $"harvester-{i}"), harvesters.Select(node => node.Name.ToString()));
        var nodes = pods.Spec.Template.Spec.Containers.Single().Env.Single(e => e.Name == ClusterEnvironment.Nodes);
        Assert.Equal("metadata.name", nodes.ValueFrom.FieldRef.FieldPath);
    }

    /// <summary>The kubelet gives a secret's file to root and to the pod's group.</summary>
    [Theory]
    [MemberData(nameof(Overlays))]
    public void Keys_are_mounted_in_the_only_shape_that_the_program_takes_from_others(string name)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "only root gives files to others");
        var keys = Render(name).OurOwn.SelectMany(w => w.Pod.Spec.Volumes).Where(v => v.Name == "keys").ToList();
        Assert.Equal(2, keys.Count);
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("keys.yaml"), "keys");
        using (var given = Process.Start("chown", ["1654", folder.File("keys.yaml")]))
            given.WaitForExit();
        Assert.All(keys, volume =>
        {
            SetMode(folder.File("keys.yaml"), volume.Secret.DefaultMode!.Value);
            Assert.Equal("keys", SecretFile.Read(folder.File("keys.yaml")));
        });
        foreach (var open in new[] { 0b110_100_000, 0b100_110_000, 0b100_000_100, 0b100_100_100 })
        {
            SetMode(folder.File("keys.yaml"), open);
            Assert.Throws<UserException>(() => SecretFile.Read(folder.File("keys.yaml")));
        }
    }

    [Theory]
    [MemberData(nameof(ClusterFiles))]
    public void The_program_reads_the_cluster_file(string file)
    {
        var cluster = Read(file);

        Assert.Equal("chia", cluster.Id);
        Assert.NotNull(cluster.Tls);
        Assert.Equal("secret", cluster.ApiToken);
        Assert.Contains("Host=", cluster.Database, StringComparison.Ordinal);
    }

    [Fact]
    public void Compose_starts_commands_that_exist_with_variables_that_are_read()
    {
        var services = (YamlMappingNode)Compose()["services"];
        var own = services.Where(s => s.Value.AllNodes.Contains("CHIA_CLUSTER")).Select(s => (YamlMappingNode)s.Value).ToList();

        Assert.Equal(6, own.Count);
        Assert.All(own, service =>
        {
            RequireCommand([.. ((YamlSequenceNode)service["command"]).Select(word => ((YamlScalarNode)word).Value!)]);
            RequireVariables(((YamlMappingNode)service["environment"]).Select(e => ((YamlScalarNode)e.Key).Value!));
        });
    }

    [Fact]
    public void Compose_names_secrets_networks_and_volumes_that_it_declares()
    {
        var compose = Compose();
        var used = ((YamlMappingNode)compose["services"]).SelectMany(s => Names((YamlMappingNode)s.Value, "secrets"))
            .Concat(Names((YamlMappingNode)compose["x-chia"], "secrets"));

        Assert.Equal(((YamlMappingNode)compose["secrets"]).Select(s => ((YamlScalarNode)s.Key).Value).Order(), used.Distinct().Order());
    }

    [Fact]
    public void The_image_holds_the_program_and_opens_its_ports()
    {
        var lines = File.ReadAllLines(Checkout.At("deploy", "docker", "Dockerfile"));
        var exposed = lines.Single(l => l.StartsWith("EXPOSE", StringComparison.Ordinal)).Split(' ')[1..].Select(int.Parse).ToHashSet();

        Assert.ProperSuperset(new HashSet<int> { Ports.Http, Ports.Silo, Ports.Client }, exposed);
        Assert.Contains("ENTRYPOINT [\"dotnet\", \"chia.dll\"]", lines);
        Assert.Contains("USER $APP_UID", lines);
        var project = lines.Single(l => l.Contains("dotnet publish", StringComparison.Ordinal)).Split(' ')
            .Single(w => w.EndsWith(".csproj", StringComparison.Ordinal));
        Assert.True(File.Exists(Checkout.At(project)));
        Assert.EndsWith("chia.dll", typeof(ChiaCommand).Assembly.Location, StringComparison.Ordinal);
    }

    [Fact]
    public void Units_start_commands_that_exist()
    {
        foreach (var unit in Directory.EnumerateFiles(Checkout.At("deploy", "systemd"), "*.service"))
        {
            var command = File.ReadLines(unit).Single(l => l.StartsWith("ExecStart=/usr/bin/chia ", StringComparison.Ordinal))
                .Split(' ')[1..];
            RequireCommand(command);
            var variables = File.ReadLines(unit).Where(l => l.StartsWith("Environment=", StringComparison.Ordinal))
                .Select(l => l.Split('=')[1]);
            RequireVariables(variables.Except(["CHIA_ROOT"]));
        }
    }

    private static void RequireCommand(IList<string> words)
    {
        // Options that may come from the environment instead are not missed here.
        var errors = ChiaCommand.Parse([.. words]).Errors;
        Assert.True(errors.Count == 0, $"chia {string.Join(' ', words)}: {string.Join("; ", errors.Select(e => e.Message))}");
    }

    private static void RequireVariables(IEnumerable<string> names) =>
        Assert.Subset(ClusterEnvironment.Variables.ToHashSet(), names.ToHashSet());

    private static void SetMode(string file, int mode)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, (UnixFileMode)mode);
    }

    private static int PortOf(V1Container container, string name) => container.Ports.Single(p => p.Name == name).ContainerPort;

    private static Overlay Render(string name)
    {
        Assert.SkipUnless(Tools.HasTool("kubectl"), "kubectl is not installed: what the overlays render to is NOT tested");
        return Overlay.Render(name);
    }

    /// <summary>Reads a cluster file as the program does, with files of its own in the place of the mounted secrets.</summary>
    private static ClusterDefinition Read(string file)
    {
        using var folder = new TempFolder();
        var text = Checkout.Read(["deploy", .. file.Split('/')]);
        var copy = folder.File("cluster.yaml");
        File.WriteAllText(folder.File("connection-string"), "Host=database;Username=chia;Password=no");
        File.WriteAllText(folder.File("token"), "secret");
        File.WriteAllText(folder.File("api-token"), "secret");
        File.WriteAllText(folder.File("tls-password"), "secret");
        File.WriteAllLines(copy, text.Split('\n').Select(line =>
            line.Contains(": /run/", StringComparison.Ordinal)
                ? $"{line[..line.IndexOf(':')]}: {folder.File(Path.GetFileName(line.Trim()))}"
                : line));
        return ClusterFile.Read(copy);
    }

    private static YamlMappingNode Compose()
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(Checkout.Read("deploy", "compose.yaml")));
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    private static IEnumerable<string> Names(YamlMappingNode service, string key) =>
        service.Children.TryGetValue(key, out var list) ? ((YamlSequenceNode)list).Select(n => ((YamlScalarNode)n).Value!) : [];
}
