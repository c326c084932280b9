using System.Collections.Immutable;
using Orleans;

namespace Chia.Engine.Tests.Grains;

public sealed class ListGrain : Grain, IListGrain
{
    private readonly List<int> _items = [];

    public async ValueTask Add(int item)
    {
        _items.Add(item);
        if (item % 3 == 0)
            await Task.Yield();
    }

    public Task Fill(IListGrain other, int count) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(i => other.Add(i).AsTask()));

    public ValueTask<ImmutableArray<int>> All() => new([.. _items]);
}
