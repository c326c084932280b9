using Chia.Protocol.Primitives;
using Chia.Silo.Configuration;

namespace Chia.Silo.Clusters;

/// <summary>One node of a cluster.</summary>
/// <param name="Name">Key of its grains.</param>
/// <param name="Roles">What it is.</param>
/// <param name="Configuration">Its settings: those of config.yaml.</param>
/// <param name="Root">Folder of its keys and plots, on the silos that farm and harvest for it.</param>
internal sealed record ClusterNode(NodeName Name, IReadOnlyList<Role> Roles, NodeConfiguration Configuration, string Root);
