using System.Collections.Immutable;
using Orleans;

namespace Chia.Engine.Tests.Grains;

/// <summary>A list, and a caller that fills another.</summary>
public interface IListGrain : IGrainWithStringKey
{
    ValueTask Add(int item);

    Task Fill(IListGrain other, int count);

    ValueTask<ImmutableArray<int>> All();
}
