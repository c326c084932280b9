using System.Reflection;
using Chia.GrainInterfaces.Chain;

namespace Chia.Grains.Tests.FullNode;

/// <summary>A chain that notes what it is asked.</summary>
internal class CountingChain : DispatchProxy
{
    private IBlockchainGrain _chain = null!;

    /// <summary>Names of the questions, in order.</summary>
    public List<string> Asked { get; } = [];

    public static (IBlockchainGrain Chain, List<string> Asked) Around(IBlockchainGrain chain)
    {
        var counting = Create<IBlockchainGrain, CountingChain>();
        ((CountingChain)(object)counting)._chain = chain;
        return (counting, ((CountingChain)(object)counting).Asked);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        Asked.Add(targetMethod!.Name);
        return targetMethod.Invoke(_chain, args);
    }
}
