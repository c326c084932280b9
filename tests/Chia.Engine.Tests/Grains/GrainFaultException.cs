using Orleans;

namespace Chia.Engine.Tests.Grains;

[GenerateSerializer]
public sealed class GrainFaultException(string message) : Exception(message);
