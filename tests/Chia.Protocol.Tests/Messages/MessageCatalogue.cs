namespace Chia.Protocol.Tests.Messages;

/// <summary>PROTOCOL.md 8, typed a second time: the function, then its fields in wire order with the types' short names.</summary>
public static class MessageCatalogue
{
    public const string Text = """
        handshake network_id:text version:text node_id:b32 server_port:u16 node_type:role
        handshake_ack
        ping
        pong
        block block:S
        unfinished_block block:S
        new_proof_of_time proof:S
        request_block header_hash:b32
        request_all_header_hashes tip_header_hash:b32
        all_header_hashes header_hashes:[b32]
        request_header_blocks tip_header_hash:b32 heights:[u32]
        header_blocks tip_header_hash:b32 header_blocks:[S]
        request_sync_blocks tip_header_hash:b32 heights:[u32]
        sync_blocks tip_header_hash:b32 blocks:[S]
        request_peers
        peers peer_list:[S]
        proof_of_space_finalized challenge_hash:b32 height:u32 weight:u64 quality:b32 difficulty:u64
        proof_of_space_arrived weight:u64 quality:b32
        proof_of_time_rate pot_estimate_ips:u64
        request_header_hash challenge_hash:b32 coinbase:S coinbase_signature:sig fees_target_puzzle_hash:b32 proof_of_space:S
        header_hash pos_hash:b32 header_hash:b32
        header_signature pos_hash:b32 header_hash:b32 header_signature:sig
        harvester_handshake pool_pubkeys:[pk]
        new_challenge challenge_hash:b32
        challenge_response challenge_hash:b32 quality:b32 plot_size:u8
        request_proof_of_space quality:b32
        respond_proof_of_space quality:b32 proof:S
        request_header_signature quality:b32 header_hash:b32
        respond_header_signature quality:b32 header_hash_signature:sig
        request_partial_proof quality:b32 farmer_target_hash:b32
        respond_partial_proof quality:b32 farmer_target_signature:sig
        challenge_start challenge_hash:b32 weight:u64
        proof_of_space_info challenge_hash:b32 iterations_needed:u64
        proof_of_time_finished proof:S
        request_data min_height:u32? farmer_id:text?
        respond_data posting_url:text pool_pubkey:pk partials_threshold:u64 coinbase_info:[S]
        partial challenge:S proof_of_space:S farmer_target:text signature:sig
        partial_ack
        send_transaction transaction:S
        new_lca lca_hash:b32 height:u32
        request_header header_hash:b32
        header header_block:S bip158_filter:bytes
        request_ancestors header_hash:b32 previous_heights_desired:[u32]
        ancestors header_hash:b32
        request_body body_hash:b32
        respond_body body:S
        transaction_id transaction_id:b32
        request_transaction transaction_id:b32
        new_transaction transaction:S
        """;

    public static IReadOnlyList<(string Function, IReadOnlyList<(string Name, string Type)> Fields)> Entries { get; } =
        [.. Text.Split('\n').Select(line => line.Split(' ')).Select(words => (words[0], Fields(words[1..])))];

    private static IReadOnlyList<(string Name, string Type)> Fields(IEnumerable<string> words) =>
        [.. words.Select(word => word.Split(':')).Select(pair => (pair[0], pair[1]))];
}
