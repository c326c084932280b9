using Chia.Testing;
using k8s;
using k8s.Models;

namespace Chia.Deploy.Tests;

/// <summary>All objects of an overlay as kubectl renders them, read by a parser that knows every field and refuses others.</summary>
internal sealed class Overlay
{
    private Overlay(IReadOnlyList<object> objects) => Objects = objects;

    public IReadOnlyList<object> Objects { get; }

    public IEnumerable<(string Name, V1PodTemplateSpec Pod)> Workloads =>
    [
        .. Of<V1Deployment>().Select(d => (d.Metadata.Name, d.Spec.Template)),
        .. Of<V1StatefulSet>().Select(s => (s.Metadata.Name, s.Spec.Template)),
        .. Of<V1Job>().Select(j => (j.Metadata.Name, j.Spec.Template)),
    ];

    /// <summary>Those that run our program, not a database's.</summary>
    public IEnumerable<(string Name, V1PodTemplateSpec Pod, V1Container Container)> OurOwn =>
        Workloads.Where(w => w.Pod.Spec.Containers[0].Name == "chia").Select(w => (w.Name, w.Pod, w.Pod.Spec.Containers[0]));

    public IEnumerable<T> Of<T>() => Objects.OfType<T>();

    /// <summary>Reads what was rendered or written.</summary>
    public static Overlay Parse(string text) => new([.. KubernetesYaml.LoadAllFromString(text, strict: true)]);

    /// <summary>Renders an overlay, with files in the place of the secrets that a checkout does not have.</summary>
    public static Overlay Render(string name)
    {
        using var copy = new TempFolder();
        Copy(Checkout.At("deploy", "kubernetes"), copy.Path);
        var overlay = Path.Combine(copy.Path, "overlays", name);
        if (Directory.Exists(Path.Combine(overlay, "secrets")))
        {
            foreach (var secret in SecretFiles(Path.Combine(overlay, "kustomization.yaml")))
                File.WriteAllText(Path.Combine(overlay, secret), "not a secret");
        }

        var (exitCode, output, error) = Tools.Run("kubectl", "kustomize", overlay);
        return exitCode == 0 ? Parse(output) : throw new InvalidOperationException($"kubectl kustomize {name}: {error}");
    }

    private static IEnumerable<string> SecretFiles(string kustomization) =>
        File.ReadLines(kustomization).Where(line => line.Contains("=secrets/", StringComparison.Ordinal))
            .Select(line => line[(line.IndexOf('=') + 1)..].Trim());

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
