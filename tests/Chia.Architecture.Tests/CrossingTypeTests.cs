using System.CodeDom.Compiler;
using System.Reflection;
using Chia.Architecture.Tests.Support;
using Chia.GrainInterfaces.Peers;

namespace Chia.Architecture.Tests;

/// <summary>The grain contracts carry what a cluster needs: serialisers, and names that survive a renaming.</summary>
public sealed class CrossingTypeTests
{
    private static readonly Assembly Contracts = typeof(NodeKey).Assembly;

    private static IEnumerable<Type> GrainContracts =>
        Contracts.GetExportedTypes().Where(t => t.IsInterface && typeof(IAddressable).IsAssignableFrom(t));

    /// <summary>Everything of ours that is no interface and can have instances.</summary>
    private static IEnumerable<Type> CrossingTypes =>
        Contracts.GetExportedTypes().Where(t => !t.IsInterface && !t.IsEnum && !(t.IsAbstract && t.IsSealed) && !IsGenerated(t));

    [Fact]
    public void There_are_contracts_and_crossing_types()
    {
        Assert.NotEmpty(GrainContracts);
        Assert.NotEmpty(CrossingTypes);
    }

    [Fact]
    public void Crossing_types_have_a_serialiser_an_alias_and_do_not_change() =>
        Findings.None(CrossingTypes.SelectMany(Missing));

    [Fact]
    public void Contracts_and_their_methods_have_aliases()
    {
        var unnamed = GrainContracts
            .SelectMany(t => t.GetMethods().Cast<MemberInfo>().Append(t))
            .Where(m => !m.IsDefined(typeof(AliasAttribute)))
            .Select(m => $"{m.DeclaringType?.Name}.{m.Name}");

        Findings.None(unnamed);
    }

    [Fact]
    public void Aliases_are_used_once()
    {
        var types = CrossingTypes.Concat(GrainContracts).Select(AliasOf);
        var methods = GrainContracts.SelectMany(t => t.GetMethods().Select(m => $"{t.Name}.{AliasOf(m)}"));

        Findings.None(types.Concat(methods).GroupBy(a => a).Where(g => g.Count() > 1).Select(g => g.Key));
    }

    [Fact]
    public void What_Orleans_generates_is_left_alone()
    {
        Assert.Contains(Contracts.GetExportedTypes(), IsGenerated);
        Assert.All(Contracts.GetExportedTypes().Where(IsGenerated), t => Assert.StartsWith("OrleansCodeGen.", t.Namespace));
    }

    [Fact]
    public void What_is_missing_is_found() =>
        Assert.Equal(3, Missing(typeof(Unmarked)).Count());

    private static IEnumerable<string> Missing(Type type) =>
        new[] { typeof(GenerateSerializerAttribute), typeof(ImmutableAttribute), typeof(AliasAttribute) }
            .Where(a => !type.IsDefined(a, inherit: false))
            .Select(a => $"{type.Name} lacks {a.Name}");

    /// <summary>Codecs, copiers, proxies and requests that Orleans' generator adds to the assembly.</summary>
    private static bool IsGenerated(Type type) => type.IsDefined(typeof(GeneratedCodeAttribute), inherit: false);

    private static string AliasOf(MemberInfo member) => member.GetCustomAttribute<AliasAttribute>()?.Alias ?? member.Name;

    private sealed record Unmarked(int Value);
}
