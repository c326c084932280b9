using Chia.Testing;
using k8s.Models;

namespace Chia.Deploy.Tests;

/// <summary>The manifests hold together: names, selectors, ports, mounts, and what CLUSTER.md 7 asks of them.</summary>
public sealed class ManifestTests
{
    /// <summary>Seconds that a process has to hand over its work (CLUSTER.md 3).</summary>
    private const int ShutdownSeconds = 45;

    private static readonly Lazy<Overlay> Small = new(() => Overlay.Render("small"));

    private static readonly Lazy<Overlay> Production = new(() => Overlay.Render("production"));

    public static TheoryData<string> Overlays => ["small", "production"];

    public static TheoryData<string> Files =>
        [.. Directory.EnumerateFiles(Checkout.At("deploy", "kubernetes"), "*.yaml", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) is not "kustomization.yaml" and not "cluster.yaml")
            .Select(file => Path.GetRelativePath(Checkout.Root, file))];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_field_of_a_manifest_exists(string file) => Assert.NotEmpty(Overlay.Parse(Checkout.Read(file)).Objects);

    [Fact]
    public void A_misspelt_field_is_found()
    {
        var text = Checkout.Read("deploy", "kubernetes", "base", "silo.yaml")
            .Replace("terminationGracePeriodSeconds", "terminationGracePeriod", StringComparison.Ordinal);

        Assert.ThrowsAny<Exception>(() => Overlay.Parse(text));
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Selectors_find_their_pods(string name)
    {
        var overlay = Get(name);
        var pods = overlay.Workloads.Select(w => w.Pod.Metadata.Labels).ToList();

        Assert.All(
            overlay.Of<V1Deployment>(), d =>
            Assert.True(Matches(d.Spec.Selector.MatchLabels, d.Spec.Template.Metadata.Labels), d.Metadata.Name));
        Assert.All(
            overlay.Of<V1StatefulSet>(), s =>
            Assert.True(Matches(s.Spec.Selector.MatchLabels, s.Spec.Template.Metadata.Labels), s.Metadata.Name));
        Assert.All(overlay.Of<V1Service>(), s => Assert.Contains(pods, labels => Matches(s.Spec.Selector, labels)));
        Assert.All(overlay.Of<V1PodDisruptionBudget>(), b => Assert.Single(pods, labels => Matches(b.Spec.Selector.MatchLabels, labels)));
        Assert.All(
            overlay.Of<V1StatefulSet>(), s =>
            Assert.Contains(overlay.Of<V1Service>(), service => service.Metadata.Name == s.Spec.ServiceName));

        // Pods of different workloads are never taken for one another.
        Assert.All(overlay.Of<V1Deployment>(), d => Assert.Single(pods, labels => Matches(d.Spec.Selector.MatchLabels, labels)));
        Assert.All(overlay.Of<V1StatefulSet>(), s => Assert.Single(pods, labels => Matches(s.Spec.Selector.MatchLabels, labels)));
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Ports_that_services_policies_and_probes_name_exist(string name)
    {
        var overlay = Get(name);
        Assert.All(overlay.Of<V1Service>(), service => Assert.All(service.Spec.Ports, port =>
            Assert.All(
                overlay.Workloads.Where(w => Matches(service.Spec.Selector, w.Pod.Metadata.Labels)),
                w => Assert.Contains(PortsOf(w.Pod), p => p.Name == port.TargetPort.Value))));
        Assert.All(overlay.OurOwn.Where(w => w.Container.Ports is not null), w =>
        {
            foreach (var probe in new[] { w.Container.StartupProbe, w.Container.ReadinessProbe, w.Container.LivenessProbe })
                Assert.Contains(w.Container.Ports, p => p.Name == probe.HttpGet.Port.Value);
        });
        var names = overlay.Workloads.SelectMany(w => PortsOf(w.Pod)).SelectMany(p => new[] { p.Name, p.ContainerPort.ToString() })
            .ToHashSet();
        var database = overlay.Workloads.Any(w => w.Name == "database");
        Assert.All(
            overlay.Of<V1NetworkPolicy>().Where(p => database || p.Metadata.Name != "database").SelectMany(p => p.Spec.Ingress ?? [])
                .SelectMany(i => i.Ports),
            port => Assert.Contains(port.Port.Value, names));
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Mounts_have_volumes_and_volumes_have_sources(string name)
    {
        var overlay = Get(name);
        var configs = overlay.Of<V1ConfigMap>().Select(c => c.Metadata.Name).ToHashSet();
        var secrets = overlay.Of<V1Secret>().Select(c => c.Metadata.Name).ToHashSet();
        foreach (var (workload, pod) in overlay.Workloads)
        {
            var claims = overlay.Of<V1StatefulSet>().Where(s => s.Metadata.Name == workload)
                .SelectMany(s => s.Spec.VolumeClaimTemplates ?? []).Select(c => c.Metadata.Name);
            var volumes = (pod.Spec.Volumes ?? []).Select(v => v.Name).Concat(claims).ToList();
            Assert.Equal(volumes.Order(), pod.Spec.Containers.SelectMany(c => c.VolumeMounts).Select(m => m.Name).Distinct().Order());
            foreach (var volume in pod.Spec.Volumes ?? [])
            {
                if (volume.ConfigMap is { } config)
                    Assert.Contains(config.Name, configs);

                // In production secrets come from elsewhere; in the trial they are generated, under a name with a hash.
                if (volume.Secret is { } secret && secrets.Count > 0)
                    Assert.Contains(secret.SecretName, secrets);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void No_pod_may_more_than_it_needs(string name)
    {
        Assert.All(Get(name).Workloads, w =>
        {
            Assert.True(w.Pod.Spec.SecurityContext.RunAsNonRoot, w.Name);
            Assert.False(w.Pod.Spec.AutomountServiceAccountToken, w.Name);
            Assert.All(w.Pod.Spec.Containers, c =>
            {
                Assert.True(c.SecurityContext.ReadOnlyRootFilesystem);
                Assert.False(c.SecurityContext.AllowPrivilegeEscalation);
                Assert.Equal(["ALL"], c.SecurityContext.Capabilities.Drop);
                Assert.Contains("memory", c.Resources.Limits.Keys);
                Assert.Contains("cpu", c.Resources.Requests.Keys);
            });
        });
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Rolling_and_draining_cost_nobody_a_connection(string name)
    {
        var overlay = Get(name);
        Assert.All(overlay.Of<V1Deployment>(), d => Assert.Equal("0", d.Spec.Strategy.RollingUpdate.MaxUnavailable.Value));
        Assert.All(
            overlay.OurOwn.Where(w => w.Container.Ports is not null), w =>
            Assert.True(w.Pod.Spec.TerminationGracePeriodSeconds > ShutdownSeconds));
        Assert.Equal("Local", overlay.Of<V1Service>().Single(s => s.Spec.Type == "LoadBalancer").Spec.ExternalTrafficPolicy);
    }

    [Fact]
    public void The_autoscaler_counts_gateways_and_nobody_else_does()
    {
        var overlay = Get("production");
        var scaler = Assert.Single(overlay.Of<V2HorizontalPodAutoscaler>());
        var gateway = overlay.Of<V1Deployment>().Single(d => d.Metadata.Name == scaler.Spec.ScaleTargetRef.Name);

        // Of a figure that every gateway says of all of them, another gateway makes none smaller.
        var counted = MetricRow.All.Single(row => row.Name == scaler.Spec.Metrics.Single().Pods.Metric.Name);
        Assert.DoesNotContain("node", counted.Labels);
        Assert.Null(gateway.Spec.Replicas);
        Assert.True(scaler.Spec.MinReplicas >= 2);
    }

    private static Overlay Get(string name)
    {
        Assert.SkipUnless(Tools.HasTool("kubectl"), "kubectl is not installed: what the overlays render to is NOT tested");
        return (name == "small" ? Small : Production).Value;
    }

    private static IEnumerable<V1ContainerPort> PortsOf(V1PodTemplateSpec pod) => pod.Spec.Containers.SelectMany(c => c.Ports ?? []);

    private static bool Matches(IDictionary<string, string> selector, IDictionary<string, string> labels) =>
        selector.All(wanted => labels.TryGetValue(wanted.Key, out var value) && value == wanted.Value);
}
