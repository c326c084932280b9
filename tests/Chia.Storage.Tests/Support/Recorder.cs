using Chia.Storage.Maintenance;

namespace Chia.Storage.Tests.Support;

/// <summary>Notes what it is told of the progress of maintenance.</summary>
internal sealed class Recorder(List<StoreProgress> list) : IProgress<StoreProgress>
{
    public void Report(StoreProgress value) => list.Add(value);
}
