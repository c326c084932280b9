using Orleans;

namespace Chia.Engine.Tests.Grains;

/// <summary>A grain with two states in two stores. Its activations note "activated with" the amount.</summary>
public interface IAccountGrain : IGrainWithStringKey
{
    Task Add(int added, bool write);

    /// <summary>Adds one and writes, so many times, without waiting in between.</summary>
    Task AddManyAtOnce(int times);

    Task Rename(string newName);

    Task Reread();

    Task Clear();

    Task<AccountLook> Look();

    /// <summary>Ends this activation.</summary>
    Task End();
}
