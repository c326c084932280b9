using Chia.Cryptography.Bls12381;
using Chia.Cryptography.Plots;

namespace Chia.Silo.Networks;

/// <summary>A plot with the keys that its blocks need.</summary>
internal sealed record OwnedPlot(PlotProver Prover, PrivateKey PoolKey, PrivateKey PlotKey);
